"""What leaves this machine: its marking, its audience, its file name, and its row in the register."""
