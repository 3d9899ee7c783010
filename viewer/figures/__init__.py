"""Figures: in words, as sums, as a table, as charts."""
