"""How the game looks: large words, one large button."""

from __future__ import annotations

from digitpad.ui.style.style_sheet import style_sheet
from digitpad.ui.style.theme import Theme


def game_style(theme: Theme) -> str:
    """The style sheet of the game's window."""
    return (
        style_sheet(theme)
        + f"""
        QLabel#title {{ color: {theme.accent}; }}
        QLabel {{ color: {theme.text}; }}
        QToolButton {{ padding: 4px 18px; }}
        QToolButton#main {{ background: {theme.accent}; color: {theme.accent_text};
                            border-color: {theme.accent}; }}
        QToolButton#main:disabled {{ background: {theme.track}; color: {theme.quiet};
                                     border-color: {theme.line}; }}
        """
    )
