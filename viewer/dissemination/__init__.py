"""What leaves this machine: under which marking, for whom, under what file name, and its row in the register first."""
