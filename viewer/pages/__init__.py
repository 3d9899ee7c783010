"""HTML pages of the reading view, written from the records of an edition."""
