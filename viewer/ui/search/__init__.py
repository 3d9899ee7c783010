"""Search in the window: the field, the hits, and the matches on a page."""
