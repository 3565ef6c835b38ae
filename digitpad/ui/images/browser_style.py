"""The look of what only the window of test images has: lists, a scroll bar, a progress bar."""

from __future__ import annotations

from digitpad.ui.style.theme import Theme, blend


def browser_style(theme: Theme) -> str:
    """The style sheet that comes after the one of all windows."""
    done = blend(theme.track, theme.accent, 0.55).name()
    return f"""
    QLabel#title {{ color: {theme.text}; }}
    QComboBox {{ border: 1px solid {theme.line}; border-radius: 8px; background: {theme.paper};
                 color: {theme.text}; padding: 4px 8px; }}
    QComboBox:hover {{ background: {theme.hover}; }}
    QComboBox:disabled {{ color: {theme.faint}; }}
    QComboBox::drop-down {{ border: 0; width: 18px; }}
    QProgressBar {{ border: 0; border-radius: 5px; background: {theme.track}; color: {theme.text};
                    text-align: center; }}
    QProgressBar::chunk {{ border-radius: 5px; background: {done}; }}
    QAbstractScrollArea {{ border: 0; background: {theme.ground}; }}
    """
