"""Editions in the window: the shelf, and what changed between two."""
