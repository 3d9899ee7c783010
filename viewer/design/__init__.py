"""Colours and typefaces, the same for screen and paper."""
