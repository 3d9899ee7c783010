"""What the first page needs of Qt's own namespace, by its numbers.

Naming one enumeration of `Qt` builds all 94 of them, which takes a tenth of the start. Whatever is made before the
first paint takes these instead, through Qt's properties; after it, `QtCore.Qt` is named as usual.
"""

from __future__ import annotations

from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QAbstractScrollArea, QApplication, QLabel, QToolButton, QWidget

ACCESSIBLE_TEXT_ROLE = 11  # Qt.ItemDataRole
ACTIONS_MENU = 2  # Qt.ContextMenuPolicy
ALIGN_CENTRE = 0x84  # Qt.AlignmentFlag
ALIGN_TOP = 0x20  # Qt.AlignmentFlag
ENTER = (0x01000004, 0x01000005)  # Qt.Key
NO_SELECTION = 0  # QAbstractItemView.SelectionMode
PLAIN_TEXT = 0  # Qt.TextFormat
SCROLL_BAR_AS_NEEDED = 0  # Qt.ScrollBarPolicy
SCROLL_BAR_OFF = 1  # Qt.ScrollBarPolicy
SCROLL_BAR_ON = 2  # Qt.ScrollBarPolicy
SELECTABLE = 3  # Qt.TextInteractionFlag: by mouse, by keyboard
TEXT_BESIDE_ICON = 2  # Qt.ToolButtonStyle
TEXT_ONLY = 1  # Qt.ToolButtonStyle
USER_ROLE = 256  # Qt.ItemDataRole


def plain_label(*, wrapped: bool = False, selectable: bool = False) -> QLabel:
    """A label that shows its text letter for letter, never as markup."""
    label = QLabel(wordWrap=wrapped)
    label.setProperty("textFormat", PLAIN_TEXT)
    if selectable:
        label.setProperty("textInteractionFlags", SELECTABLE)
    return label


def scaled(at_100: float) -> int:
    """`at_100` pixels at the text size in force; the type has 14 at 100 %."""
    return round(at_100 * QApplication.font().pixelSize() / 14)


def head_font(base: QFont) -> QFont:
    """The type of a head above a group of rows: smaller than the rows, spaced and half bold."""
    font = QFont(base)
    font.setPixelSize(max(9, round(QApplication.font().pixelSize() * 0.82)))
    font.setWeight(QFont.Weight.DemiBold)
    font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 1.2)
    return font


def align(label: QLabel, where: int) -> None:
    """Puts what the label shows at ALIGN_CENTRE or ALIGN_TOP."""
    label.setProperty("alignment", where)


def show_as(button: QToolButton, style: int) -> None:
    """Shows the button as TEXT_ONLY or TEXT_BESIDE_ICON."""
    button.setProperty("toolButtonStyle", style)


def hide_horizontal_scroll_bar(area: QAbstractScrollArea) -> None:
    """Takes the horizontal scroll bar away."""
    area.setProperty("horizontalScrollBarPolicy", SCROLL_BAR_OFF)


def disable_selection(view: QAbstractItemView) -> None:
    """Lets neither click nor key select a row: the program says what is selected."""
    view.setProperty("selectionMode", NO_SELECTION)


def show_scroll_bar(area: QAbstractScrollArea, when: int) -> None:
    """Shows the vertical scroll bar always, or as it is needed: SCROLL_BAR_ON, SCROLL_BAR_AS_NEEDED."""
    area.setProperty("verticalScrollBarPolicy", when)


def click_focused_button(bar: QWidget, event: QKeyEvent) -> bool:
    """Presses the button of `bar` that has the keyboard, where the key is Enter; whether it did.

    The other way, `named.pressed_by_enter`, needs a shortcut for each button.
    """
    button = bar.focusWidget()
    if event.key() not in ENTER or not isinstance(button, QToolButton) or not button.hasFocus():
        return False
    button.click()
    return True
