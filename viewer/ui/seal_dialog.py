"""All that the signature proves, and how an outsider checks it without this program."""

from __future__ import annotations

import shlex

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from viewer import paths
from viewer.design.palette import Palette
from viewer.editions.opening import Opened
from viewer.text import wording
from viewer.text.safe import visible
from viewer.ui.parts.icons import seal_pixmap
from viewer.ui.parts.widgets import named, scaled

OUTSIDERS_CHECK = """tail -n 4 {file} > s.minisig
head -c -$(( $(wc -c < s.minisig) + 1 )) {file} > body.db
minisign -V -m body.db -x s.minisig -P {key}"""
NOBODY = "Nobody vouches for who signed it: the key was given for this run alone."
LIKE_NAMES = "Another key on the trust list has a name like this one: {}. Tell them apart by the key."
WIDTH = 660  # pixels at 100 %


def seal_facts(opened: Opened) -> tuple[tuple[str, str], ...]:
    """Return what the signature proves, as (name, value) in the order of interest."""
    seal, edition = opened.bundle.seal, opened.bundle.edition
    half = len(seal.fingerprint) // 4
    groups = [seal.fingerprint[i : i + half] for i in range(0, len(seal.fingerprint), half)]
    return (
        ("Signed by", visible(seal.publisher) if opened.is_vouched_for else "Not known: a key given for this run"),
        ("Key", seal.spaced_key_id),
        ("Publisher", visible(edition.publisher)),
        ("Edition", f"{visible(edition.title)}, {visible(edition.label)}"),
        ("Series and serial", f"{edition.series}, {edition.serial}"),
        ("Issued", wording.day(edition.issued)),
        ("Review date", wording.day(edition.review)),
        ("Size", f"{seal.size:,} bytes"),
        ("Fingerprint (BLAKE2b)", "\n".join(groups)),
    )


def outsiders_check(opened: Opened) -> str:
    """Return the commands that check the opened file, to be run in its folder."""
    name = opened.path.name if opened.path is not None else paths.SAMPLE_NAME
    shown = name if visible(name) == name else "EDITION.db"  # a name that deceives the eye is no name to type
    return OUTSIDERS_CHECK.format(file=shlex.quote(f"./{shown}" if shown.startswith("-") else shown),
                                  key=opened.public_key)  # fmt: skip


class SealDialog(QDialog):
    """All that the signature proves, and how an outsider checks it without this program."""

    def __init__(self, opened: Opened, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Seal and signature")
        self.check = QPlainTextEdit(outsiders_check(opened), readOnly=True)
        self.check.setAccessibleName("Commands that check the file without this program")
        self.check.setTabChangesFocus(True)
        self.check.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self.check.setFixedHeight(self.check.fontMetrics().lineSpacing() * 5 + scaled(18))
        self.area = QScrollArea(widgetResizable=True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self._facts = self._make_facts(opened, palette)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(self._facts)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = self.buttons.addButton("Copy the check", QDialogButtonBox.ButtonRole.ActionRole)
        copy.setAutoDefault(False)
        self.buttons.button(QDialogButtonBox.StandardButton.Close).setDefault(True)
        copy.clicked.connect(lambda: QApplication.clipboard().setText(self.check.toPlainText()))
        self.buttons.rejected.connect(self.reject)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(*(scaled(edge) for edge in (24, 18, 12, 14)))
        column.setSpacing(scaled(12))
        column.addWidget(self.area, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 0, scaled(12), 0)  # as what the area tells keeps beside its scroll bar
        foot.addWidget(self.buttons)
        column.addLayout(foot)
        self.resize(self.sizeHint())

    def _make_facts(self, opened: Opened, palette: Palette) -> QWidget:
        out = QWidget()
        column = QVBoxLayout(out)
        column.setContentsMargins(0, 0, scaled(12), 0)
        column.setSpacing(scaled(12))
        column.addLayout(_head(opened, palette))
        column.addWidget(QLabel("Every byte of this edition is as it was signed.", wordWrap=True))
        if not opened.is_vouched_for:
            column.addWidget(named(QLabel(NOBODY, wordWrap=True), "unvouched"))
        if opened.names_like:
            like = QLabel(LIKE_NAMES.format(wording.listed(opened.names_like)), wordWrap=True)
            like.setTextFormat(Qt.TextFormat.PlainText)
            column.addWidget(named(like, "unvouched"))
        column.addLayout(_form(opened))
        column.addWidget(QLabel("Anybody can check the file without this program, with minisign:", wordWrap=True))
        column.addWidget(self.check)
        return out

    def sizeHint(self) -> QSize:
        """As large as all of it, and never larger than the window over which it stands, or the screen."""
        edges, screen = self._column.contentsMargins(), self.screen().availableSize()
        inner = scaled(WIDTH) - edges.left() - edges.right()
        height = self._facts.heightForWidth(inner) + self.buttons.sizeHint().height() + self._column.spacing()
        whole = QSize(scaled(WIDTH), height + edges.top() + edges.bottom() + 2)
        below = self.parentWidget()
        return whole.boundedTo((below.window().size() if below else screen) - QSize(8, 8)).boundedTo(screen)


def _head(opened: Opened, palette: Palette) -> QHBoxLayout:
    sign = QLabel(pixmap=seal_pixmap(palette, at_100=26, vouched=opened.is_vouched_for))
    said = named(QLabel(opened.signer, wordWrap=True, textFormat=Qt.TextFormat.PlainText), "headline")
    row = QHBoxLayout()
    row.setSpacing(scaled(8))
    row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(said, 1)
    return row


def _form(opened: Opened) -> QFormLayout:
    form = QFormLayout()
    form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
    form.setHorizontalSpacing(scaled(24))
    form.setVerticalSpacing(scaled(8))
    for name, value in seal_facts(opened):
        label = QLabel(value, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        label.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        label.setAccessibleName(name)
        form.addRow(QLabel(name, alignment=Qt.AlignmentFlag.AlignTop), label)  # level with the first of its lines
    return form
