"""Sheets in the window: tray, options, preview, ways out, and the register."""
