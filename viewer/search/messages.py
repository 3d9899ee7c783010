"""What a search found and how, in sentences for the reader."""

from __future__ import annotations

from viewer.search.engine import MOST_RANKED, Answer
from viewer.text import wording


def sentence(answer: Answer) -> str:
    """What was found, in one sentence."""
    words = answer.query.typed.strip()
    if answer.query.is_empty:
        return "Add what to look for." if answer.said else "Nothing to look for yet."
    if not answer.found:
        return f"Nothing in this edition matches “{words}”."
    many = _many(answer)
    return f"Nothing matches “{words}” as it stands. {_loosely(answer)}: {many}" if answer.loosened else many


def _searched(answer: Answer) -> str:
    """What was searched: everything, or what the filters let through."""
    filters = " ".join(str(chosen) for chosen in answer.query.filters)
    return f"Only what {filters} lets through was" if filters else "All themes, findings, figures and passages were"


def _many(answer: Answer) -> str:
    if answer.cut:
        return f"More than {MOST_RANKED:,} matches"
    many = wording.count(len(answer.found), "match", "matches")
    return f"{many}, the best {len(answer.hits):,} shown" if len(answer.hits) < len(answer.found) else many


def _loosely(answer: Answer) -> str:
    """What was looked for instead; a last letter alone is left out."""
    last = answer.query.clauses[-1].words[-1]
    if last.prefix:
        return f"Words beginning with “{last.typed}”"
    return f"“{answer.query.typed[: last.end].strip()}”"


def remarks(answer: Answer) -> tuple[str, ...]:
    """What the reader should know of how the answer came about."""
    out = list(answer.said)
    if answer.cut:
        out.append(
            f"Ranked among the first {MOST_RANKED:,} only: themes and findings stand before figures, figures before"
            " passages. The counts are of these. Add a word or a filter to see the rest."
        )
    if answer.scanned:
        out.append("The search index is damaged: every text was looked through instead.")
    if not answer.found and not answer.query.is_empty and not answer.misnamed:
        how = "the exact words" if answer.query.exact else "the words in all their forms, spellings and abbreviations"
        out.append(f"{_searched(answer)} searched for {how}.")
        out.append("Try fewer words, a shorter beginning with * (groom*), or another word for it.")
    return tuple(out)
