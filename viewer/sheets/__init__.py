"""Sheets: a recipe is cut for its audience, composed into a Sheet, entered in the register, and written out."""
