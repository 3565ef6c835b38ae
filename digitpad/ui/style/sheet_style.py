"""The look of dialogs with controls in them."""

from __future__ import annotations

from digitpad.ui.style.theme import Theme, blend


def sheet_style(theme: Theme) -> str:
    """The style sheet of a dialog in a theme's colours; give the dialog the theme's palette
    too."""
    hover = blend(theme.paper, theme.accent, 0.10).name()
    pressed = blend(theme.paper, theme.accent, 0.22).name()
    return f"""
    QDialog {{ background: {theme.ground}; }}
    QLabel {{ color: {theme.text}; background: transparent; }}
    QLabel#quiet {{ color: {theme.quiet}; }}
    QLabel#section {{ color: {theme.accent}; font-weight: 600; }}
    QPushButton {{ background: {theme.paper}; color: {theme.text};
            border: 1px solid {theme.line}; border-radius: 7px; padding: 5px 12px; outline: none; }}
    QPushButton:hover {{ background: {hover}; }}
    QPushButton:pressed {{ background: {pressed}; }}
    QPushButton:focus {{ border-color: {theme.accent}; }}
    QPushButton:disabled {{ color: {theme.quiet}; }}
    QPushButton#accept {{ background: {theme.accent}; color: {theme.accent_text};
            border-color: {theme.accent}; }}
    QPushButton#accept:focus {{ border: 2px solid {theme.text}; padding: 4px 11px; }}
    QPushButton::menu-indicator {{ image: none; }}
    QMenu {{ background: {theme.paper}; color: {theme.text}; border: 1px solid {theme.line};
             padding: 4px; }}
    QMenu::item {{ padding: 5px 22px; border-radius: 5px; }}
    QMenu::item:selected {{ background: {theme.accent}; color: {theme.accent_text}; }}
    QPlainTextEdit {{ background: {theme.paper}; color: {theme.text};
            border: 1px solid {theme.line}; border-radius: 7px; }}
    QPlainTextEdit:focus {{ border-color: {theme.accent}; }}
    """
