"""Editions on this machine: opening them, those kept on the shelf, and which one is the earlier."""
