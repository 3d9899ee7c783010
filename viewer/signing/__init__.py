"""Bytes in, verified bytes out: signatures, the keys that may sign, and the serials seen."""
