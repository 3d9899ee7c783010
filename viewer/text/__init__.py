"""Texts: what is safe to show, Markdown, the wording of figures and dates, tables for spreadsheets."""
