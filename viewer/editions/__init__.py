"""Editions on this machine: opened last, kept on the shelf, and which one is the earlier."""
