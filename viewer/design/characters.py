"""Which characters the typefaces can print: those that all faces have, so that none vanishes on paper."""

from __future__ import annotations

from functools import cache

# Code points beyond ASCII that every face of Source Sans Pro and Source Serif Pro has, but for the serif's italic,
# which lacks Welsh letters; `tests/design` reads the faces and holds this table against them.
_RANGES = """
00a0-012b 012e-0131 0134-0149 014c-0165 0168-017e 018f 0192 01a0-01a1 01af-01b0 01cd-01dc 01e6-01e7 0218-021b 0237 0251
0259 0261 02b0 02b2-02b3 02b7-02b8 02bb-02bc 02be-02bf 02c6-02cc 02d8-02dd 02e1-02e3 0300-0304 0306-030c 031b 0323-0324
0326-0328 032e 0331 03c0 1d43 1d47-1d49 1d4d 1d4f-1d50 1d52 1d56-1d58 1d5b 1d9c 1da0 1dbb 1e0c-1e0f 1e20-1e21 1e24-1e25
1e2a-1e2b 1e36-1e3b 1e42-1e49 1e5a-1e63 1e6c-1e6f 1e80-1e85 1e8e-1e8f 1e92-1e93 1e97 1e9e 1ea0-1ef9 2007 2012-2015
2018-201a 201c-201e 2020-2022 2026 2030 2032-2033 2039-203a 2044 2070-2071 2074-2079 207d-2089 208d-208e 20a1 20a4
20a6-20a7 20ab-20ac 20b1-20b2 20b5 20b9-20ba 2113 2117 2120 2122 2126 212e 2153-2154 215b-215e 2190-2193 2202 2206 220f
2211-2212 2215 2219-221a 221e 222b 2248 2260 2264-2265 25a0 25b2-25b3 25b6-25b7 25bc-25bd 25c0-25c1 25c6 25c9-25ca
2610-2611 266a 2713 2752 fb00-fb02
"""


@cache
def printed_characters() -> frozenset[str]:
    """Return every character that all faces have."""
    spans = (span.split("-") for span in _RANGES.split())
    beyond = (chr(code) for span in spans for code in range(int(span[0], 16), int(span[-1], 16) + 1))
    return frozenset((*map(chr, range(ord(" "), ord("~") + 1)), *beyond))
