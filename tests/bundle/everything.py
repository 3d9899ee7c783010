"""An assessment with each thing that only format 2 has, and a body of each format."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from tests.as_format_1 import build_body as build_body_1
from viewer.model import Assessment, Caveat, Footnote, Recommendation, ScaleKind, ScaleStep
from viewer.publish.build import build_body

CAVEATS = (
    Caveat(code="eyes", position=1, label="UK EYES ONLY", description="Not for others."),
    Caveat(code="police", position=2, label="POLICE ONLY"),
)
SCALE = (
    ScaleStep(id="unlikely", kind=ScaleKind.LIKELIHOOD, position=1, term="unlikely", low=Decimal(5), high=Decimal(20)),
    ScaleStep(id="likely", kind=ScaleKind.LIKELIHOOD, position=2, term="likely", low=Decimal("55.0"), high=Decimal(75)),
    ScaleStep(id="low", kind=ScaleKind.CONFIDENCE, position=1, term="low confidence", description="Little is known."),
)


def with_everything(made: Assessment) -> Assessment:
    """Return the assessment with caveats, scales, recommendations, notes, references, labels and exact values."""
    first, second, *themes = made.themes
    finding, *findings = made.findings
    passage, *passages = made.passages
    statistic, *statistics = made.statistics
    exact = replace(statistic.observations[0], value=Decimal("24.80"), low=Decimal("-0.001"), magnitude="million")
    return replace(
        made,
        caveats=CAVEATS,
        scale=SCALE,
        themes=(replace(first, caveats=("eyes", "police")), replace(second, part=first.part, parent=first.id), *themes),
        findings=(
            replace(finding, label="Key finding 1", likelihood="likely", confidence="low", caveats=("police",)),
            *findings,
        ),
        recommendations=tuple(
            Recommendation(
                id=f"{theme.id}.r1",
                theme=theme.id,
                position=1,
                label="R1",
                text="Do *this*.",
                owner="The board",
                due="by 2013",
                marking="open",
                page="3",
                sources=("source-2", "source-1"),
                tags=("tag-1",),
                findings=(finding.id,),
            )
            for theme in made.themes
        ),
        statistics=(
            replace(
                statistic, label="Figure A", short_caveat="Small.", observations=(exact, *statistic.observations[1:])
            ),
            *statistics,
        ),
        passages=(
            replace(
                passage,
                text=f"A note[^one] and [a place](#{finding.id}), see [theme](#{second.id}).\n\n3. three\n4. four",
                footnotes=(Footnote(id="one", text="The *note*."),),
                references=tuple(sorted((finding.id, second.id))),
                sources=tuple(sorted(passage.sources, reverse=True)),
            ),
            *passages,
        ),
        terms=(replace(made.terms[0], also=("one word", "other")), *made.terms[1:]),
    )


def body_of_each_format(made: Assessment) -> dict[int, bytes]:
    """Return the SQLite body of the assessment in each format, by its number; of format 2 with everything."""
    return {1: build_body_1(made), 2: build_body(with_everything(made))}
