"""The look of dialogs with controls in them."""

from __future__ import annotations

from digitpad.ui.style.style_sheet import menus
from digitpad.ui.style.theme import Theme


def sheet_style(theme: Theme) -> str:
    """The style sheet of a dialog in a theme's colours; give the dialog the theme's palette
    too."""
    return f"""
    QDialog {{ background: {theme.ground}; }}
    QLabel {{ color: {theme.text}; background: transparent; }}
    QLabel#quiet {{ color: {theme.quiet}; }}
    QLabel#section {{ color: {theme.accent}; font-weight: 600; }}
    QPushButton {{ background: {theme.paper}; color: {theme.text};
            border: 1px solid {theme.line}; border-radius: 7px; padding: 5px 12px; outline: none; }}
    QPushButton:hover {{ background: {theme.hover}; }}
    QPushButton:pressed {{ background: {theme.pressed}; }}
    QPushButton:disabled {{ color: {theme.quiet}; }}
    QPushButton#accept {{ background: {theme.accent}; color: {theme.accent_text};
            border-color: {theme.accent}; }}
    QPushButton::menu-indicator {{ image: none; }}
    {menus(theme)}
    QPlainTextEdit {{ background: {theme.paper}; color: {theme.text};
            border: 1px solid {theme.line}; border-radius: 7px; }}
    QPlainTextEdit:focus {{ border-color: {theme.accent}; }}
    """
