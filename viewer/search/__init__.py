"""Typed words in, ranked hits out: query, plan, index, ranking, score; spelling and related items beside them."""
