"""All that the signature proves, and how an outsider checks it without this program."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from viewer import wording
from viewer.bundle.bundle import Bundle
from viewer.texts import visible

OUTSIDERS_CHECK = """tail -n 4 briefings.db > s.minisig
head -c -$(( $(wc -c < s.minisig) + 1 )) briefings.db > body.db
minisign -V -m body.db -x s.minisig -P {key}"""


def seal_facts(bundle: Bundle) -> tuple[tuple[str, str], ...]:
    """What the signature proves, as (name, value) in the order of interest."""
    seal, edition = bundle.seal, bundle.edition
    half = len(seal.fingerprint) // 4
    groups = [seal.fingerprint[i : i + half] for i in range(0, len(seal.fingerprint), half)]
    return (
        ("Signed by", visible(seal.publisher)),
        ("Key", seal.spaced_key_id),
        ("Publisher", visible(edition.publisher)),
        ("Edition", f"{visible(edition.title)}, {visible(edition.label)}"),
        ("Series and serial", f"{edition.series}, {edition.serial}"),
        ("Issued", wording.day(edition.issued)),
        ("Review date", wording.day(edition.review)),
        ("Size", f"{seal.size:,} bytes"),
        ("Fingerprint (BLAKE2b)", "\n".join(groups)),
    )


class SealDialog(QDialog):
    """All that the signature proves, and how an outsider checks it without this program."""

    def __init__(self, bundle: Bundle, public_key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Seal and signature")
        self.setMinimumWidth(620)
        form = QFormLayout()
        form.setHorizontalSpacing(24)
        form.setVerticalSpacing(8)
        for name, value in seal_facts(bundle):
            label = QLabel(value, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            label.setAccessibleName(name)
            form.addRow(name, label)
        self.check = QPlainTextEdit(OUTSIDERS_CHECK.format(key=public_key), readOnly=True)
        self.check.setAccessibleName("Commands that check the file without this program")
        self.check.setTabChangesFocus(True)
        self.check.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self.check.setFixedHeight(self.fontMetrics().lineSpacing() * 5 + 16)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = buttons.addButton("Copy the check", QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(lambda: QApplication.clipboard().setText(self.check.toPlainText()))
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addWidget(QLabel("Every byte of this edition is as it was signed.", wordWrap=True))
        column.addLayout(form)
        column.addWidget(QLabel("Anybody can check the file without this program, with minisign:", wordWrap=True))
        column.addWidget(self.check)
        column.addWidget(buttons)
