"""The window: the only folder that knows Qt. Panes announce, the window wires; no pane imports another."""
