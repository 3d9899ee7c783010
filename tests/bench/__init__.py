"""Measurements, and the made-up editions that they are taken on."""
