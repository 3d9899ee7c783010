"""The publisher's half: drafts in, a signed edition out. Nothing that reads editions may use it."""
