"""Two editions in, what changed between them out: matched, worded, and told."""
