"""What a search found and how, what it does not know, and what to try next, in sentences for the reader."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from viewer.bundle.bundle import Bundle
from viewer.model import ScaleKind
from viewer.records import record
from viewer.search.engine import MOST_RANKED, Answer, Engine, never_cancelled
from viewer.search.index import CancelCheck
from viewer.search.query import KINDS, Filter, Query, parse
from viewer.search.spelling import FEW_MATCHES, correction
from viewer.text.safe import visible
from viewer.text.wording import count, listed

MOST_NAMED = 20  # themes, issues or markings that are listed
MOST_WORDS = 4  # of a search that are tried one by one


@record
class Advice:
    """A sentence with the search that it offers; `exact` where that takes words only as they are written."""

    text: str
    typed: str
    exact: bool = False
    is_correction: bool = False


def summary(answer: Answer) -> str:
    """Return what was found, in one sentence."""
    words = answer.query.typed.strip()
    if answer.query.is_empty:
        return "Add what to look for." if answer.query.clauses else "Nothing to look for yet."
    if not answer.found:
        nothing = f"Nothing in this edition matches “{words}”"
        return f"{nothing} as a whole; what has most of the rarer words follows." if answer.partial else f"{nothing}."
    matches = _matches(answer)
    if answer.loosened:
        return f"Nothing matches “{words}” as it stands. {_loosened_words(answer.query)}: {matches}"
    return matches


def _matches(answer: Answer) -> str:
    if answer.cut:
        return f"More than {MOST_RANKED:,} matches"
    matches = count(len(answer.found), "match", "matches")
    if len(answer.hits) < len(answer.found):
        return f"{matches}, the best {len(answer.hits):,} shown"
    return f"{matches}; what has most of the rarer words follows" if answer.partial else matches


def _loosened_words(query: Query) -> str:
    """Return what was looked for instead; a last letter alone is left out."""
    last = query.clauses[-1].words[-1]
    if last.prefix:
        return f"Words beginning with “{last.typed}”"
    return f"“{query.typed[: last.end].strip()}”"


def query_remarks(answer: Answer, bundle: Bundle, hidden_themes: Collection[str] = ()) -> tuple[str, ...]:
    """Return what the reader should know of the query itself; hidden themes are not named."""
    query = answer.query
    if query.is_empty:
        return ("Only words to leave out were given: add what to look for.",) if query.clauses else ()
    unknown = tuple(unknown_filter(bundle, chosen, hidden_themes) for chosen in answer.unknown)
    return (*unknown, "Only the first words of this were searched for.") if query.cut else unknown


def remarks(answer: Answer, bundle: Bundle, hidden_themes: Collection[str] = ()) -> tuple[str, ...]:
    """Return what the reader should know of the query, and of how the answer came about; hidden themes unnamed."""
    out = list(query_remarks(answer, bundle, hidden_themes))
    if answer.cut:
        out.append(
            f"Ranked among the first {MOST_RANKED:,} only, themes and findings before figures, figures before passages,"
            " and what has the words in its title. The counts are of these. Add a word or a filter to see the rest."
        )
    if not answer.listed and not answer.query.is_empty and not answer.unknown:
        out.append(_searched(answer.query))
        out.append("Try fewer words, a shorter beginning with * (groom*), or another word for it.")
    return tuple(out)


def _searched(query: Query) -> str:
    """Return what was searched, everything or what the filters let through, and for what."""
    how = "the exact words" if query.exact else "the words in all their forms, spellings and abbreviations"
    if not query.filters:
        return f"All themes, findings, figures and passages were searched for {how}."
    filters = " ".join(str(chosen) for chosen in query.filters)
    return f"Only what {filters} lets through was searched for {how}."


def unknown_filter(bundle: Bundle, chosen: Filter, hidden_themes: Collection[str] = ()) -> str:
    """Return that `bundle` does not have the value of a filter, and what there is instead; themes by id are unnamed."""
    value = chosen.value
    match chosen.name:
        case "theme":
            themes = [theme for theme in bundle.themes() if theme.id not in hidden_themes]
            names = (visible(f"{theme.label} {theme.short}".strip()) for theme in themes)
            return f"This edition has no theme “{value}”; {_there_are(names)}"
        case "tag":
            issues = (visible(tag.label) for tag in bundle.tags())
            return f"This edition has no issue “{value}”; {_there_are(issues)}"
        case "marking":
            return f"This edition has no marking “{value}”; {_there_are(one.code for one in bundle.markings)}"
        case "caveat":
            caveats = (f"{caveat.code} ({visible(caveat.label)})" for caveat in bundle.caveats)
            return f"This edition has no handling caveat “{value}”; {_there_are(caveats)}"
        case "likelihood" | "confidence":
            steps = (visible(step.term) for step in bundle.scale(ScaleKind(chosen.name)))
            return f"Nothing is judged by a {chosen.name} “{value}”; {_there_are(steps)}"
        case "label":
            return f"Nothing in this edition is numbered “{value}”."
        case "source":
            return f"This edition has no source “{value}”; {_numbered([one.number for one in bundle.sources()])}"
        case "kind":
            return f"There is no kind “{value}” of item; {_there_are(KINDS)}"
    return f"There is no filter “has:{value}”; {_there_are(('has:figure', 'has:note'))}"


def _there_are(names: Iterable[str]) -> str:
    known = list(names)
    if not known:
        return "there are none."
    more = len(known) - MOST_NAMED
    shown = known if more <= 0 else [*known[:MOST_NAMED], f"{more} more"]
    return f"there are {listed(shown)}." if len(known) > 1 else f"there is {listed(shown)}."


def _numbered(numbers: list[int]) -> str:
    return f"its sources are numbered {min(numbers)} to {max(numbers)}." if numbers else "there are none."


def advice(
    engine: Engine,
    answer: Answer,
    noted: frozenset[str] = frozenset(),
    check_cancelled: CancelCheck = never_cancelled,
) -> tuple[Advice, ...]:
    """Return what is called just as was typed; and what would find more than `answer` did, where that is little.

    Each search that is offered was counted before.
    """
    out = _named(engine, answer)
    if len(answer.found) > FEW_MATCHES:
        return tuple(out)
    exact = answer.query.exact
    better = engine.correction(answer, noted, check_cancelled)
    if better:
        out.append(Advice(text=f"Did you mean “{better}”?", typed=better, exact=exact, is_correction=True))
    for text, typed, is_exact in _other_searches(engine, answer):
        check_cancelled()
        other = engine.search(typed, exact=is_exact, limit=1, noted=noted, check_cancelled=check_cancelled)
        if other.hits and len(other.found) > len(answer.found):
            matches = count(len(other.found), "match", "matches")
            shown = f"{text}: more than {matches}" if other.cut else f"{text}: {matches}"
            out.append(Advice(text=shown, typed=typed, exact=is_exact))
    return tuple(out)


def _named(engine: Engine, answer: Answer) -> list[Advice]:
    """Return the searches for all that bears what was typed as its number, its caveat or its place on a scale."""
    query = answer.query
    if query.filters or not query.clauses:
        return []
    out = []
    for chosen in engine.entries.named(query.typed):
        numbers = engine.shown(engine.entries.under(chosen) or frozenset())
        if not numbers:
            continue
        matches = count(len(numbers), "match", "matches")
        called = {"label": "Numbered", "caveat": "Under the handling caveat"}.get(chosen.name, f"By {chosen.name}")
        out.append(Advice(text=f"{called} “{' '.join(query.typed.split())}”: {matches}", typed=str(chosen)))
    return out


def _other_searches(engine: Engine, answer: Answer) -> Iterator[tuple[str, str, bool]]:
    """Yield what could be tried: how it is called, what would be typed, and whether words are taken as written."""
    query = answer.query
    corrected = "" if answer.found else correction(query, engine.index.vocabulary, engine.glossary)
    wanted = parse(corrected, exact=query.exact).wanted if corrected else query.wanted
    words = " ".join(word.typed for clause in wanted for word in clause.words)
    if query.exact:
        yield "With other forms of the words", query.typed, False
    if query.filters and words:
        yield f"“{words}” without the filters" if corrected else "Without the filters", words, query.exact
    if not answer.found and len(query.wanted) > 1:
        single = [clause.words[0] for clause in wanted if len(clause.words) == 1][:MOST_WORDS]
        yield from ((f"Only “{word.typed}”", word.typed, query.exact) for word in single)
