"""BLAKE2b as Python's own library has it, without the OpenSSL that `hashlib` loads along for other digests.

That takes a fiftieth of the start, and the only digest a signature needs is this one.
"""

from __future__ import annotations

try:
    from _blake2 import blake2b
except ImportError:  # a Python that keeps it elsewhere
    from hashlib import blake2b

__all__ = ["blake2b"]
