"""The reading view: contents, page, find in page, and the history of places visited."""
