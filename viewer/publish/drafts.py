"""Drafts -> the records of one edition, or all their faults at once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from viewer.errors import PublishError
from viewer.model import Assessment, Finding, Statistic
from viewer.publish.draft_markings import check_edition_marking
from viewer.publish.draft_statistics import place_in_themes, read_statistics
from viewer.publish.draft_tables import read_edition, read_sources, read_tags, read_terms
from viewer.publish.draft_themes import ThemeDraft, read_themes
from viewer.publish.faults import Faults
from viewer.publish.known import Known
from viewer.publish.progress import Report, silent


def read_drafts(folder: Path, report: Report = silent) -> Assessment:
    """Return all that the drafts in `folder` say, in reading order: themes by file name, items theme by theme.

    Raises DraftErrors with a line `file:line: reason` for every fault, and PublishError where the folder or a
    draft cannot be read at all.
    """
    if not folder.is_dir():
        raise PublishError(f"There is no folder of drafts at {folder}.")
    known = Known(faults=Faults())
    report("Reading the lists of sources, abbreviations and figures")
    start = read_edition(folder, known)
    sources, tags = read_sources(folder, known), read_tags(folder, known)
    terms = read_terms(folder, known.faults)
    statistics = read_statistics(folder, known)
    drafts = read_themes(
        folder,
        start.edition.marking,
        start.parts,
        known,
        lambda at, most: report(f"Reading themes: {at:,} of {most:,}"),
    )
    _check_not_empty(drafts, statistics, known)
    check_edition_marking(start.edition, start.markings, known)
    report("Checking references")
    known.check()
    known.faults.raise_if_any()
    findings = tuple(finding for draft in drafts for finding in draft.findings)
    return Assessment(
        edition=start.edition,
        markings=start.markings,
        caveats=start.caveats,
        scale=start.scale,
        parts=start.parts,
        themes=tuple(draft.theme for draft in drafts),
        findings=findings,
        recommendations=tuple(one for draft in drafts for one in draft.recommendations),
        statistics=place_in_themes(
            statistics, {draft.theme.id: draft.theme.marking for draft in drafts}, _support(findings)
        ),
        passages=tuple(passage for draft in drafts for passage in draft.passages),
        sources=sources,
        tags=tags,
        terms=terms,
    )


def _check_not_empty(drafts: Sequence[ThemeDraft], statistics: Sequence[Statistic], known: Known) -> None:
    measured = {statistic.theme for statistic in statistics}
    for draft in drafts:
        if draft.is_empty and draft.theme.id not in measured:
            known.faults.add(draft.place, "the theme has no findings, recommendations, passages or statistics")


def _support(findings: Sequence[Finding]) -> dict[str, list[str]]:
    """Return the findings that rest on each statistic, in reading order."""
    support: dict[str, list[str]] = {}
    for finding in findings:
        for statistic in finding.statistics:
            support.setdefault(statistic, []).append(finding.id)
    return support
