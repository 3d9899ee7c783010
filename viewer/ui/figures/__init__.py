"""The view of figures: table, chosen figure, comparison, charts."""
