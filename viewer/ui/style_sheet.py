"""The window's widgets in the program's colours, as one Qt style sheet."""

from __future__ import annotations

from viewer import paths
from viewer.design.palette import Palette

_ICONS = paths.resources() / "icons"


def window_style(palette: Palette, scale: float) -> str:
    """Return the style sheet of the window in `palette`, all sizes times `scale`."""

    def px(size: float) -> str:
        return f"{max(1, round(size * scale))}px"

    p = palette
    choose = (_ICONS / "choose.svg").as_posix()  # a grey that shows on light and dark
    more = (_ICONS / "choose-up.svg").as_posix()
    tick = (_ICONS / ("tick-dark.svg" if p.dark else "tick-light.svg")).as_posix()
    return f"""
QMainWindow, QDialog {{ background: {p.chrome}; }}
QToolTip {{ background: {p.chrome}; color: {p.ink}; border: 1px solid {p.line}; padding: {px(4)}; }}
#bar {{ background: {p.chrome}; border-bottom: 1px solid {p.line}; }}
#state {{ background: {p.chrome}; border-top: 1px solid {p.line}; }}
#state QLabel {{ font-size: {px(12.5)}; color: {p.quiet}; }}
#state QLabel#overdue {{ color: {p.warning}; font-weight: 600; }}
QToolButton {{ border: 2px solid transparent; border-radius: {px(7)}; padding: {px(4)} {px(7)};
    background: transparent; icon-size: {px(20)}; }}
QToolButton:hover, QToolButton:checked {{ background: {p.soft}; }}
QToolButton:checked {{ color: {p.accent}; font-weight: 600; }}
QToolButton:focus {{ border-color: {p.accent}; }}
QToolButton:disabled {{ color: {p.quiet}; }}
QToolButton::menu-indicator {{ image: none; }}
QToolButton#seal {{ color: {p.quiet}; font-size: {px(12.5)}; padding: 0 {px(6)}; border-radius: {px(4)};
    icon-size: {px(17)}; }}
QToolButton#clear {{ border: none; padding: 0; border-radius: {px(5)}; icon-size: {px(16)}; }}
QLabel#unvouched {{ color: {p.warning}; font-weight: 600; }}
QPushButton {{ border: 1px solid {p.line}; border-radius: {px(7)}; padding: {px(6)} {px(16)};
    background: {p.page}; color: {p.ink}; }}
QPushButton:hover {{ background: {p.soft}; }}
QPushButton:focus {{ border: 2px solid {p.accent}; padding: {px(5)} {px(15)}; }}
QPushButton:default {{ background: {p.accent}; color: {p.on_accent}; border-color: {p.accent}; font-weight: 600; }}
QPushButton:default:focus {{ border: 2px solid {p.ink}; }}
QPushButton::menu-indicator {{ image: url("{choose}"); width: {px(12)}; height: {px(12)};
    subcontrol-origin: padding; subcontrol-position: right center; right: {px(5)}; }}
QPushButton:disabled {{ color: {p.quiet}; }}
QPushButton:default:disabled {{ background: {p.page}; color: {p.quiet}; border-color: {p.line}; }}
QLineEdit {{ border: 1px solid {p.line}; border-radius: {px(7)}; padding: {px(5)} {px(10)}; background: {p.page};
    color: {p.ink}; selection-background-color: {p.accent}; selection-color: {p.on_accent}; }}
QLineEdit:focus {{ border: 2px solid {p.accent}; padding: {px(4)} {px(9)}; }}
QTreeView {{ background: {p.chrome}; border: none; outline: 0; show-decoration-selected: 0; }}
QTreeView::item {{ color: {p.ink}; padding: {px(2.5)} {px(4)}; border: 2px solid transparent; border-radius: {px(6)}; }}
QTreeView::item:hover {{ background: {p.soft}; }}
QTreeView::item:selected {{ background: {p.soft}; color: {p.accent}; }}
QTreeView::item:focus {{ border-color: {p.accent}; }}
QTreeView::branch, QTreeView::branch:selected, QTreeView::branch:hover {{ background: {p.chrome}; }}
QTreeView#contents {{ padding: {px(8)} 0; }}
QTreeView#contents::item {{ padding: {px(5)} {px(4)}; margin-right: {px(6)}; }}
QTreeView#facets {{ padding: {px(8)} {px(6)} {px(8)} {px(14)}; }}
QTextBrowser {{ background: {p.page}; border: none; selection-background-color: {p.accent};
    selection-color: {p.on_accent}; }}
QSplitter::handle {{ background: {p.line}; width: 1px; }}
#banner {{ background: {p.warning_ground}; border-bottom: 1px solid {p.line}; }}
#banner QLabel {{ color: {p.warning}; }}
QPlainTextEdit {{ border: 1px solid {p.line}; border-radius: {px(7)}; padding: {px(4)}; background: {p.page};
    font-family: monospace; font-size: {px(13)}; }}
QPlainTextEdit:focus {{ border: 1px solid {p.accent}; }}
QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
QListWidget {{ background: {p.chrome}; border: none; border-right: 1px solid {p.line}; outline: 0; padding: {px(8)}; }}
QListWidget::item {{ color: {p.ink}; padding: {px(6)} {px(10)}; border: 2px solid transparent;
    border-radius: {px(6)}; }}
QListWidget::item:hover, QListWidget::item:selected {{ background: {p.soft}; }}
QListWidget::item:selected {{ color: {p.accent}; }}
#find {{ background: {p.chrome}; border-top: 1px solid {p.line}; }}
QLineEdit#search {{ border-radius: {px(8)}; padding: {px(6)} {px(10)}; }}
QLineEdit#search:focus {{ padding: {px(5)} {px(9)}; }}
#results, QListView#hits {{ background: {p.page}; border: none; outline: 0; }}
#results QLabel#sentence {{ font-size: {px(17)}; font-weight: 600; }}
#results QLabel#remarks, #results QCheckBox {{ font-size: {px(13)}; color: {p.quiet}; }}
#results QCheckBox:focus {{ color: {p.accent}; }}
QPushButton#filters {{ padding: {px(2)} {px(12)}; }}
QPushButton#filters:focus {{ padding: {px(1)} {px(11)}; }}
QPushButton#filters:checked {{ background: {p.soft}; color: {p.accent}; font-weight: 600; }}
QPushButton#advice {{ padding: {px(3)} {px(12)}; color: {p.accent}; }}
QPushButton#advice:focus {{ padding: {px(2)} {px(11)}; }}
#viewBar {{ background: {p.page}; border-bottom: 1px solid {p.line}; }}
#viewBar QLabel {{ font-size: {px(13)}; color: {p.quiet}; }}
QTableView {{ background: {p.page}; border: none; outline: 0; selection-background-color: {p.soft};
    selection-color: {p.ink}; }}
QTableView::item {{ padding: 0 {px(10)}; border-bottom: 1px solid {p.line}; }}
QTableView::item:selected {{ background: {p.soft}; color: {p.accent}; }}
QTableView::item:focus {{ border: 1px solid {p.accent}; }}
QHeaderView {{ background: {p.page}; border: none; }}
QHeaderView::section {{ background: {p.page}; color: {p.quiet}; border: none; border-bottom: 1px solid {p.line};
    padding: {px(6)} {round(10 * scale) + 3}px; font-size: {px(12)}; font-weight: 600; }}
QScrollArea#figure, #figureInner {{ background: {p.page}; }}
QLabel#figureTitle {{ font-size: {px(19)}; font-weight: 600; }}
#changesHead {{ background: {p.page}; border-bottom: 1px solid {p.line}; }}
QLabel#headline {{ font-size: {px(19)}; font-weight: 600; }}
QLabel#cautions {{ font-size: {px(13)}; color: {p.quiet}; }}
QLabel#comparisonWarning {{ background: {p.warning_ground}; border-left: 3px solid {p.warning};
    padding: {px(8)} {px(14)}; }}
#announced {{ background: {p.page}; color: {p.ink}; border: 1px solid {p.line}; border-radius: {px(7)};
    padding: {px(6)} {px(12)}; }}
#popup {{ background: {p.page}; border: 1px solid {p.line}; border-radius: {px(8)}; }}
#refusal {{ background: {p.page}; }}
#refusal QLabel#reason {{ font-size: {px(29)}; font-weight: 600; }}
#refusal QLabel#sentence {{ font-size: {px(16)}; }}
#refusal QLabel#advice, #refusal QLabel#file {{ font-size: {px(15)}; color: {p.quiet}; }}
QComboBox, QSpinBox {{ border: 1px solid {p.line}; border-radius: {px(7)}; padding: {px(4)} {px(10)};
    background: {p.page}; color: {p.ink}; }}
QSpinBox QLineEdit {{ border: none; background: transparent; }}
QSpinBox {{ min-width: {px(56)}; }}
QSpinBox::up-button, QSpinBox::down-button {{ subcontrol-origin: border; width: {px(24)}; border: none; }}
QSpinBox::up-button {{ subcontrol-position: top right; padding-top: {px(3)}; }}
QSpinBox::down-button {{ subcontrol-position: bottom right; padding-bottom: {px(3)}; }}
QSpinBox::up-arrow {{ image: url("{more}"); width: {px(10)}; height: {px(10)}; }}
QSpinBox::down-arrow {{ image: url("{choose}"); width: {px(10)}; height: {px(10)}; }}
QComboBox:focus, QSpinBox:focus {{ border: 2px solid {p.accent}; padding: {px(3)} {px(9)}; }}
QComboBox::drop-down {{ border: none; width: {px(24)}; }}
QCheckBox {{ spacing: {px(7)}; }}
QCheckBox::indicator {{ width: {px(14)}; height: {px(14)}; border: 1px solid {p.quiet};
    border-radius: {px(3)}; background: {p.page}; }}
QCheckBox::indicator:checked {{ background: {p.accent}; border-color: {p.accent}; image: url("{tick}"); }}
QCheckBox::indicator:focus {{ border: 2px solid {p.accent}; }}
QComboBox::down-arrow {{ image: url("{choose}"); width: {px(13)}; height: {px(13)}; }}
#sheetside QCheckBox:focus {{ color: {p.accent}; }}
QComboBox:disabled {{ color: {p.quiet}; background: {p.chrome}; }}
QComboBox QAbstractItemView {{ background: {p.page}; color: {p.ink}; border: 1px solid {p.line};
    selection-background-color: {p.soft}; selection-color: {p.accent}; outline: 0; }}
#sheetside, #sheetscroll {{ background: {p.chrome}; border: none; }}
#sheetbar {{ background: {p.chrome}; border-bottom: 1px solid {p.line}; }}
#sheetstate, #sheethint {{ color: {p.quiet}; font-size: {px(13)}; }}
#sheetmessage {{ background: {p.soft}; color: {p.ink}; padding: {px(7)} {px(16)}; border-bottom: 1px solid {p.line}; }}
#preview, #pages {{ background: {p.rail}; border: none; }}
#empty {{ color: {p.quiet}; font-size: {px(16)}; }}
#sidehead {{ color: {p.quiet}; font-size: {px(12)}; font-weight: 600; letter-spacing: 1px; }}
#entries {{ background: {p.page}; border: 1px solid {p.line}; border-radius: {px(7)}; outline: 0; }}
#entries:focus {{ border: 2px solid {p.accent}; }}
#entries::item {{ padding: {px(4)} {px(8)}; color: {p.ink}; }}
#entries::item:selected {{ background: {p.soft}; color: {p.accent}; }}
#registerstate {{ color: {p.quiet}; }}
#registerfault {{ color: {p.warning}; font-weight: 600; }}
QDialog QLabel#headline {{ font-size: {px(22)}; font-weight: 600; }}
#note {{ background: {p.page}; border: 1px solid {p.line}; border-radius: {px(8)}; }}
#note QPlainTextEdit {{ background: {p.page}; color: {p.ink}; border: 1px solid {p.line}; border-radius: {px(6)};
    padding: {px(4)}; selection-background-color: {p.accent}; selection-color: {p.on_accent}; }}
#note QPlainTextEdit:focus {{ border: 2px solid {p.accent}; padding: {px(3)}; }}
#note QPushButton {{ padding: {px(3)} {px(10)}; }}
#note QPushButton:focus {{ padding: {px(2)} {px(9)}; }}
QToolButton#noteMark {{ border: none; padding: 0; }}
QToolButton#dot {{ padding: {px(2)}; border-radius: {px(5)}; }}
QToolButton#dot:checked {{ border-color: {p.ink}; background: {p.chrome}; }}
QLabel#quiet {{ color: {p.quiet}; font-size: {px(13)}; }}
QLabel#quiet[trouble="true"] {{ color: {p.warning}; }}
#strip {{ background: {p.soft}; border-bottom: 1px solid {p.line}; }}
#strip QPushButton {{ padding: {px(3)} {px(12)}; }}
#strip QPushButton:focus {{ padding: {px(2)} {px(11)}; }}
#notes, #review {{ background: {p.page}; }}
#notes QListView {{ background: {p.page}; border: none; outline: 0; }}
#notes QToolButton {{ border: 1px solid {p.line}; }}
#review QLabel#head {{ font-size: {px(16)}; font-weight: 600; }}
QMenu {{ background: {p.page}; color: {p.ink}; border: 1px solid {p.line}; padding: {px(4)}; }}
QMenu::item {{ padding: {px(5)} {px(26)} {px(5)} {px(14)}; border-radius: {px(5)}; }}
QMenu::item:selected {{ background: {p.soft}; color: {p.accent}; }}
QMenu::item:disabled {{ color: {p.quiet}; }}
QMenu::separator {{ height: 1px; background: {p.line}; margin: {px(4)} {px(8)}; }}
QScrollBar:vertical {{ background: transparent; width: {px(12)}; margin: 0; }}
QScrollBar::handle:vertical {{ background: {p.line}; min-height: {px(36)}; border-radius: {px(4)};
    margin: {px(2)}; }}
QScrollBar::handle:vertical:hover {{ background: {p.quiet}; }}
QScrollBar:horizontal {{ background: transparent; height: {px(12)}; margin: 0; }}
QScrollBar::handle:horizontal {{ background: {p.line}; min-width: {px(36)}; border-radius: {px(4)}; margin: {px(2)}; }}
QAbstractScrollArea::corner {{ background: transparent; border: none; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: none; }}
"""
