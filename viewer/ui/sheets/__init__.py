"""Sheets in the window: tray, options, preview, files and printing, and the register."""
