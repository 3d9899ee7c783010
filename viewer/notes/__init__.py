"""Notes that survive: their anchors, the file they are kept in, their way to the next edition, in and out."""
