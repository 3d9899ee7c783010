"""The window's widgets in the program's colours, as one Qt style sheet."""

from __future__ import annotations

from viewer.palette import Palette


def window_style(palette: Palette, scale: float) -> str:
    """The style sheet of the window in `palette`, all sizes times `scale`."""

    def px(size: float) -> str:
        return f"{max(1, round(size * scale))}px"

    p = palette
    return f"""
QMainWindow, QDialog {{ background: {p.chrome}; }}
QToolTip {{ background: {p.chrome}; color: {p.ink}; border: 1px solid {p.line}; padding: {px(4)}; }}
#bar {{ background: {p.chrome}; border-bottom: 1px solid {p.line}; }}
#state {{ background: {p.chrome}; border-top: 1px solid {p.line}; }}
#state QLabel {{ font-size: {px(12.5)}; color: {p.quiet}; }}
#state QLabel#review {{ color: {p.warning}; font-weight: 600; }}
QToolButton {{ border: 2px solid transparent; border-radius: {px(7)}; padding: {px(4)} {px(7)};
    background: transparent; }}
QToolButton:hover, QToolButton:checked {{ background: {p.soft}; }}
QToolButton:checked {{ color: {p.accent}; font-weight: 600; }}
QToolButton:focus {{ border-color: {p.accent}; }}
QToolButton:disabled {{ color: {p.quiet}; }}
QToolButton::menu-indicator {{ image: none; }}
QToolButton#seal {{ color: {p.quiet}; font-size: {px(12.5)}; padding: 0 {px(6)}; border-radius: {px(4)}; }}
QPushButton {{ border: 1px solid {p.line}; border-radius: {px(7)}; padding: {px(6)} {px(16)};
    background: {p.page}; color: {p.ink}; }}
QPushButton:hover {{ background: {p.soft}; }}
QPushButton:focus {{ border: 2px solid {p.accent}; padding: {px(5)} {px(15)}; }}
QPushButton:default {{ background: {p.accent}; color: {p.on_accent}; border-color: {p.accent}; font-weight: 600; }}
QPushButton:default:focus {{ border: 2px solid {p.ink}; }}
QPushButton:disabled {{ color: {p.quiet}; }}
QLineEdit {{ border: 1px solid {p.line}; border-radius: {px(7)}; padding: {px(5)} {px(10)}; background: {p.page};
    color: {p.ink}; selection-background-color: {p.accent}; selection-color: {p.on_accent}; }}
QLineEdit:focus {{ border: 2px solid {p.accent}; padding: {px(4)} {px(9)}; }}
QTreeView {{ background: {p.chrome}; border: none; outline: 0; show-decoration-selected: 0; }}
QTreeView::item {{ color: {p.ink}; padding: {px(2.5)} {px(4)}; border: 2px solid transparent; border-radius: {px(6)}; }}
QTreeView::item:hover {{ background: {p.soft}; }}
QTreeView::item:selected {{ background: {p.soft}; color: {p.accent}; }}
QTreeView::item:focus {{ border-color: {p.accent}; }}
QTreeView::branch, QTreeView::branch:selected, QTreeView::branch:hover {{ background: {p.chrome}; }}
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
#popup {{ background: {p.page}; border: 1px solid {p.line}; border-radius: {px(8)}; }}
#refusal {{ background: {p.page}; }}
#refusal QLabel#reason {{ font-size: {px(29)}; font-weight: 600; }}
#refusal QLabel#sentence {{ font-size: {px(16)}; }}
#refusal QLabel#advice, #refusal QLabel#file {{ font-size: {px(15)}; color: {p.quiet}; }}
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
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: none; }}
"""
