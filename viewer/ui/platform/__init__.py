"""What works around Qt and Python: importing, reference counts, garbage collection, missing screens."""
