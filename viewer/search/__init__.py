"""Typed words in, ranked hits out: query, plan, index, score; spelling and relatives beside them."""
