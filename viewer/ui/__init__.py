"""The window: the only folder that knows Qt. Panes announce, the window wires; no pane imports another."""

from viewer.ui.steady import hold_constants

hold_constants()
