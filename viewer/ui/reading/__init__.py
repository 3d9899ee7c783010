"""The reading view: contents, page, find, and the way from place to place."""
