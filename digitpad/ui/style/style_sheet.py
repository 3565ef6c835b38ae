"""The look of controls, messages and cards, as style sheets in a theme's colours."""

from __future__ import annotations

from PySide6.QtGui import QColor

from digitpad.ui.style.theme import Theme


def style_sheet(theme: Theme) -> str:
    """The look of buttons, sliders and messages."""
    return f"""
    QWidget#stage {{ background: {theme.ground}; }}
    QToolButton {{ border: 1px solid {theme.line}; border-radius: 8px; background: {theme.paper};
                   color: {theme.text}; padding: 3px 2px; }}
    QToolButton:hover {{ background: {theme.hover}; }}
    QToolButton:pressed {{ background: {theme.pressed}; }}
    QToolButton:checked {{ border-color: {theme.accent}; color: {theme.accent};
                           background: {theme.hover}; font-weight: 600; }}
    QToolButton:disabled {{ color: {theme.faint}; }}
    /* Room for the bold letters of a checked one. */
    QToolButton#filter {{ padding: 3px 9px; }}
    QToolButton::menu-indicator {{ image: none; }}
    {_file_dialogs(theme)}
    QMenuBar {{ background: {theme.ground}; color: {theme.text}; padding: 0 6px; }}
    QMenuBar::item {{ background: transparent; padding: 3px 9px; border-radius: 5px; }}
    QMenuBar::item:selected {{ background: {theme.accent}; color: {theme.accent_text}; }}
    {menus(theme)}
    QSlider::groove:horizontal {{ height: 5px; border-radius: 2px; background: {theme.groove}; }}
    QSlider::handle:horizontal {{ width: 15px; height: 15px; margin: -5px 0; border-radius: 7px;
                                  background: {theme.accent}; }}
    QToolTip {{ background: {theme.paper}; color: {theme.text}; border: 1px solid {theme.line};
                padding: 3px; }}
    QLabel#notice {{ background: {theme.paper}; color: {theme.warning};
                     border: 1px solid {theme.line}; border-radius: 8px; padding: 6px 10px; }}
    QLabel#notice[done="true"] {{ color: {theme.text}; border-color: {theme.accent}; }}
    QFrame#offer {{ background: {theme.paper}; border: 1px solid {theme.accent};
                    border-radius: 8px; }}
    QFrame#offer QLabel {{ color: {theme.text}; background: transparent; }}
    QLabel#quiet {{ color: {theme.quiet}; }}
    QToolButton#foot {{ background: transparent; border: 1px solid transparent;
                        border-radius: 6px; padding: 1px 7px; color: {theme.quiet}; }}
    QToolButton#foot:hover {{ border-color: {theme.line};
                        background: {theme.paper}; color: {theme.text}; }}
    QToolButton#foot:checked {{ color: {theme.accent}; text-decoration: underline; }}
    QToolButton#work {{ background: transparent; border: 1px solid transparent;
                        border-radius: 6px; padding: 1px 7px; color: {theme.accent}; }}
    QToolButton#work:hover {{ border-color: {theme.accent};
                        background: {theme.paper}; }}
    QToolButton#chip {{ border-radius: 8px; padding: 0; color: {theme.quiet}; }}
    QToolButton#chip:hover {{ border-color: {theme.accent};
                        color: {theme.text}; }}
    QToolButton#tab {{ background: transparent; border: 1px solid transparent;
                       border-radius: 6px; padding: 1px 2px; color: {theme.quiet}; }}
    QToolButton#tab:hover {{ border-color: {theme.line};
                       background: {theme.paper}; color: {theme.text}; }}
    QToolButton#tab:checked {{ color: {theme.accent}; text-decoration: underline; }}
    QToolButton#network {{ background: {theme.paper}; border: 1px solid {theme.line};
                           border-radius: 6px; padding: 1px 9px; font-weight: 600; }}
    QToolButton#network:hover {{ background: {theme.hover}; }}
    QFrame#choice {{ background: {theme.paper}; border: 1px solid {theme.line}; }}
    QFrame#choice QListWidget {{ background: {theme.paper}; border: none; outline: none; }}
    QFrame#choice QLabel, QFrame#about QTextBrowser {{ color: {theme.text};
                                                       background: {theme.paper}; }}
    QFrame#choice QLabel#quiet {{ color: {theme.quiet}; }}
    QFrame#opening {{ background: {theme.paper}; border: 1px solid {theme.line};
                      border-radius: 12px; }}
    QFrame#opening QLabel {{ color: {theme.text}; background: transparent; }}
    QFrame#opening QLabel#quiet {{ color: {theme.quiet}; }}
    QFrame#opening QLabel#cardError {{ color: {theme.warning}; }}
    QFrame#opening QScrollArea, QWidget#cardList {{ background: transparent; }}
    QFrame#opening QPushButton, QFrame#choice QPushButton {{
                      background: {theme.paper}; color: {theme.text};
                      border: 1px solid {theme.line}; border-radius: 7px; padding: 4px 12px;
                      outline: none; }}
    QFrame#opening QPushButton:hover, QFrame#choice QPushButton:hover {{
                      background: {theme.hover}; }}
    QFrame#opening QPushButton:pressed {{ background: {theme.pressed}; }}
    QFrame#opening QPushButton:checked {{ border-color: {theme.accent}; font-weight: 600;
                      background: {theme.hover}; }}
    QFrame#opening QPushButton#accept {{ background: {theme.accent}; color: {theme.accent_text};
                      border-color: {theme.accent}; }}
    QFrame#opening QLineEdit, QFrame#choice QLineEdit, QFrame#opening QSpinBox {{
                      background: {theme.ground}; color: {theme.text};
                      border: 1px solid {theme.line}; border-radius: 5px; padding: 2px 5px; }}
    QFrame#opening QLineEdit:focus, QFrame#choice QLineEdit:focus {{
                      border-color: {theme.accent}; }}
    {scroll_bars(theme)}
    QFrame#about {{ background: {theme.paper}; border: 1px solid {theme.line};
                    border-radius: 12px; }}
    """


def _file_dialogs(theme: Theme) -> str:
    """Qt's own file dialog has black arrows on its buttons, which need a light ground in a dark
    theme."""
    if QColor(theme.ground).lightnessF() > 0.5:
        return ""
    return f"""
    QFileDialog QToolButton {{ background: {theme.quiet}; padding: 3px; }}
    QFileDialog QToolButton:hover, QFileDialog QToolButton:checked {{ background: {theme.text}; }}
    QFileDialog QToolButton:disabled {{ background: {theme.track}; }}
    """


def menus(theme: Theme) -> str:
    """The style sheet of menus."""
    return f"""
    QMenu {{ background: {theme.paper}; color: {theme.text}; border: 1px solid {theme.line};
             padding: 4px; }}
    QMenu::item {{ padding: 5px 22px; border-radius: 5px; }}
    QMenu::item:selected {{ background: {theme.accent}; color: {theme.accent_text}; }}
    QMenu::item:disabled {{ color: {theme.faint}; }}
    QMenu::separator {{ height: 1px; background: {theme.line}; margin: 4px 8px; }}
    """


def scroll_bars(theme: Theme) -> str:
    """The style sheet of slim scroll bars."""
    return f"""
    QScrollBar:vertical {{ background: transparent; width: 9px; margin: 0; }}
    QScrollBar::handle:vertical {{ background: {theme.line}; border-radius: 4px;
                                   min-height: 24px; }}
    QScrollBar::handle:vertical:hover {{ background: {theme.quiet}; }}
    QScrollBar::handle:vertical:disabled {{ background: transparent; }}
    QScrollBar::add-line:vertical, QScrollBar::sub-line:vertical {{ height: 0; }}
    QScrollBar::add-page:vertical, QScrollBar::sub-page:vertical {{ background: transparent; }}
    """
