"""The window: the only folder that knows Qt. Panes announce, the window wires; no pane imports another."""

from viewer.ui.platform.refcounts import keep_constants_alive

keep_constants_alive()
