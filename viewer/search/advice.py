"""What to try next where a search found little: each piece of advice is counted before it is given."""

from __future__ import annotations

from viewer.records import record
from viewer.search.engine import Answer, Engine, never_stop
from viewer.search.index import GoOn
from viewer.search.query import parse
from viewer.search.spelling import LITTLE, correction
from viewer.text.wording import count

MOST_WORDS = 4  # of a search that are tried one by one


@record
class Advice:
    """A sentence with the search that it offers; `exact` where that takes words only as they are written."""

    text: str
    typed: str
    exact: bool = False
    is_correction: bool = False


def advice(
    engine: Engine, answer: Answer, noted: frozenset[str] = frozenset(), go_on: GoOn = never_stop
) -> tuple[Advice, ...]:
    """What would find more than `answer` did; empty where it found enough."""
    if len(answer.found) > LITTLE:
        return ()
    out: list[Advice] = []
    query = answer.query
    better = engine.correction(answer, noted, go_on)
    if better:
        out.append(Advice(text=f"Did you mean “{better}”?", typed=better, exact=query.exact, is_correction=True))
    nearest = "" if answer.found else correction(query, engine.matches.vocabulary, engine.glossary)
    wanted = parse(nearest, exact=query.exact).wanted if nearest else query.wanted
    words = " ".join(word.typed for clause in wanted for word in clause.words)
    tries = []
    if query.exact:
        tries.append(("With other forms of the words", query.typed, False))
    if query.filters and words:
        tries.append((f"“{words}” without the filters" if nearest else "Without the filters", words, query.exact))
    if not answer.found and len(query.wanted) > 1:
        single = [clause.words[0] for clause in wanted if len(clause.words) == 1][:MOST_WORDS]
        tries += [(f"Only “{word.typed}”", word.typed, query.exact) for word in single]
    for text, typed, exact in tries:
        go_on()
        other = engine.search(typed, exact=exact, limit=1, noted=noted, go_on=go_on)
        if len(other.found) > len(answer.found):
            many = "more than " if other.cut else ""
            shown = f"{text}: {many}{count(len(other.found), 'match', 'matches')}"
            out.append(Advice(text=shown, typed=typed, exact=exact))
    return tuple(out)
