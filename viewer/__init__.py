"""A desktop program for reading a signed threat assessment without a network.

How the data flows: drafts are read (publish.drafts) and built into SQLite bytes (publish.build), which are sealed
into one file (signing.envelope). That file is unsealed here (signing), passes the gate (bundle.gate) and becomes a
Bundle: read-only, verified, in memory. From the Bundle come search hits, pages for the window, and briefing sheets;
the reader's notes are kept in a file of their own and refer to the Bundle's ids.
"""

__version__ = "0.1.0"
