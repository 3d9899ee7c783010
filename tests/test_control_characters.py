"""Nothing that is signed reaches a terminal, a page, a sheet or a table raw: every text, in every way out."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped, unused-ignore]
import pytest

from tests.bench.generator import assessment_of
from tests.bundle.bodies import claims_of, opened
from tests.bundle.everything import body_of_each_format
from viewer.bundle.bundle import Bundle
from viewer.bundle.formats import FORMATS
from viewer.bundle.rules import TextColumn
from viewer.cli import main
from viewer.pages import overview
from viewer.pages.figure import figure_html
from viewer.pages.theme import theme_page
from viewer.signing.sealing import SigningKey, seal
from viewer.signing.trust import Trust
from viewer.text.safe import one_line, visible

COMMANDS = "\x1b]0;title\x07\x1b[2J\x9b1A\u202eevil\u2066"
RAW = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
REFUSED = {("marking", "label"), ("caveat", "label")}  # where the gate takes no such character
SIGNED = {"series", "issued", "review", "parent"}  # said by the signed comment too, or an id
PROSE = {"summary", "text", "statement", "caveat", "short_caveat", "description", "definition", "note"}


def columns(number: int) -> Iterator[tuple[str, str]]:
    """Every column that may hold any text, with its table."""
    for table in FORMATS[number].tables:
        for column in table.columns:
            if isinstance(column, TextColumn) and column.is_free and column.name not in SIGNED:
                if (table.name, column.name) in REFUSED:
                    continue
                yield table.name, column.name


def hostile(body: bytes, number: int) -> bytes:
    """The body with commands to a terminal in every one of them, and in those of one line the end of that line."""
    with closing(opened(body)) as connection:
        for table, column in columns(number):
            more = COMMANDS if column in PROSE else f"{COMMANDS}\nforged"
            room = f"substr({column}, 1, 60)" if column not in PROSE else column
            connection.execute(f"UPDATE {table} SET {column} = {room} || ?", (more,))
        if number > 1:
            connection.execute("UPDATE also SET term = substr(term, 1, 60) || ?", (f"{COMMANDS}\nforged",))
        connection.execute("VACUUM")
        return connection.serialize()


@pytest.fixture(scope="module", params=[1, 2], ids=["format 1", "format 2"])
def data(request: pytest.FixtureRequest, key_pair: SigningKey) -> bytes:
    """An edition of each format, all of whose texts are hostile; it is accepted, since no rule forbids them."""
    body = hostile(body_of_each_format(assessment_of(12, themes=2))[request.param], request.param)
    return seal(body, claims_of(body), key_pair)


@pytest.fixture
def run(data: bytes, key_pair: SigningKey, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Runs a verb on the edition and returns all that it printed."""
    (tmp_path / "key.pub").write_text(key_pair.public.text)
    (tmp_path / "edition.db").write_bytes(data)

    def call(*words: str, bundle: bool = True) -> str:
        on = ["--bundle", str(tmp_path / "edition.db")] if bundle else []
        code = main([*words, *on, "--trust", str(tmp_path / "key.pub"), "--home", str(tmp_path / "home")])
        out, err = capsys.readouterr()
        assert code == 0, err
        return out + err

    return call


@pytest.fixture
def everything(data: bytes, trust: Trust) -> list[str]:
    """The options by which a sheet may hold all of the edition."""
    bundle = Bundle.from_bytes(data, trust)
    codes = [("--audience", bundle.markings[-1].code), *(("--caveat", one.code) for one in bundle.caveats)]
    bundle.close()
    return [word for pair in codes for word in pair]


def raw(text: str) -> list[str]:
    """Where a character stands raw, with what is around it."""
    return [text[max(0, found.start() - 40) : found.end() + 20] for found in RAW.finditer(text)]


def test_there_are_many_such_columns() -> None:
    assert [len(list(columns(number))) for number in (1, 2)] >= [30, 40]


def test_no_verb_prints_them(
    run: Callable[..., str], everything: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edition = str(tmp_path / "edition.db")
    said = {
        "verify": run("verify", edition, bundle=False),
        "verify --json": run("verify", edition, "--json", bundle=False),
        "search": run("search", "forged"),
        "search evil": run("search", "evil"),
        "statistics": run("statistics"),
        "statistics --csv": run("statistics", "--csv"),
        "statistics --json": run("statistics", "--json"),
        "changes": run("changes", edition, edition, bundle=False),
        "notes list": run("notes", "list"),
        "sheet": run("sheet", *everything, "--theme", "theme-1", "-o", str(tmp_path / "one.pdf")),
        "check-sheet": run("check-sheet", str(tmp_path / "one.pdf")),
    }
    assert main(["register", "list", "--exercise", "--home", str(tmp_path / "home")]) == 0
    said["register list"] = capsys.readouterr().out
    assert {verb: raw(text) for verb, text in said.items() if raw(text)} == {}
    assert "[U+001B]" in said["statistics"]
    for verb, text in said.items():
        assert not re.search(r"^forged", text, re.MULTILINE), verb
    json.loads(said["statistics --json"][said["statistics --json"].index("{") :].rpartition("}")[0] + "}")


def test_a_refusal_is_printed_visibly(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["search", "tag:\x1b[2J\u202e", "word", "--home", str(tmp_path)]) == 1
    assert main(["verify", str(tmp_path / "a\x1b[2J")]) == 1
    assert main(["trust", "\x1b[2J", "\x1b[2J"]) == 2
    assert main(["register", "\x1b[2J"]) == 2
    captured = capsys.readouterr()
    assert raw(captured.out + captured.err) == []


def test_no_page_holds_them(data: bytes, trust: Trust) -> None:
    bundle = Bundle.from_bytes(data, trust)
    pages = [
        overview.start_page(bundle),
        overview.glossary_page(bundle.terms()),
        overview.sources_page(bundle),
        overview.issues_page(bundle),
        *(overview.tag_page(bundle, tag.id) for tag in bundle.tags()),
        *(theme_page(bundle, theme.id) for theme in bundle.themes()),
    ]
    figures = [figure_html(bundle, one) for theme in bundle.themes() for one in bundle.statistics(theme.id)]
    found = {page.title: raw(f"{page.title}{page.html}") for page in pages}
    bundle.close()
    assert figures
    assert {title: places for title, places in found.items() if places} == {}
    assert [places for figure in figures if (places := raw(figure))] == []


@pytest.mark.parametrize("form", ["summary", "briefing", "figures", "handout", "card", "slides"])
def test_no_sheet_holds_them(form: str, run: Callable[..., str], everything: list[str], tmp_path: Path) -> None:
    for ending in (
        "md",
        "html",
        "pdf",
        *(("csv",) if form not in ("handout", "card") else ()),
    ):  # these have no figures
        path = tmp_path / f"sheet.{ending}"
        run("sheet", *everything, "--theme", "theme-1", "--theme", "theme-2", "--form", form, "-o", str(path))
        if ending == "pdf":
            with pypdfium2.PdfDocument(path) as document:
                text = "\n".join(page.get_textpage().get_text_bounded() for page in document)
                text += str(document.get_metadata_dict()) + "".join(one.get_title() for one in document.get_toc())
        else:
            text = path.read_text("utf-8-sig")
        assert raw(text.replace("\r\n", "\n")) == [], ending
        if ending == "csv":
            assert all(len(row) > 1 for row in csv.reader(io.StringIO(text)) if row)


def test_what_stands_in_one_line_is_one_line_in_every_record(data: bytes, trust: Trust) -> None:
    bundle = Bundle.from_bytes(data, trust)
    edition, themes, terms, sources = bundle.edition, bundle.themes(), bundle.terms(), bundle.sources()
    statistics = [one for theme in themes for one in bundle.statistics(theme.id)]
    lines = [edition.title, edition.publisher, *(theme.title for theme in themes), *(one.abbreviation for one in terms)]
    lines += [word for one in terms for word in one.also]
    lines += [one.locator for one in sources]
    lines += [one.label for statistic in statistics for one in statistic.observations]
    bundle.close()
    assert any("[U+000A]forged" in line for line in lines)
    assert [line for line in lines if "\n" in line or RAW.search(line)] == []


def test_a_line_keeps_what_is_harmless() -> None:
    for text in ("", "Llanfair ŵ", "a\u00adb", "\u0646\u200c\u0646", "“1–2”"):
        assert one_line(text) == text
    assert one_line("a\tb\nc\rd\x1be\u2028f\u202eg") == "a b[U+000A]c[U+000D]d[U+001B]e[U+2028]f[U+202E]g"
    assert visible(one_line("a\n\x1b")) == one_line("a\n\x1b")
