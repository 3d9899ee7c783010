"""Verified bytes in, records out: the gate, and the Bundle behind it."""
