"""The look of what only the window of test images has: lists, a scroll bar, a progress bar."""

from __future__ import annotations

from digitpad.ui.style.theme import Theme, blend


def browser_style(theme: Theme) -> str:
    """The style sheet that comes after the one of all windows."""
    hover = blend(theme.paper, theme.accent, 0.10).name()
    faint = blend(theme.text, theme.ground, 0.62).name()
    done = blend(theme.track, theme.accent, 0.55).name()
    return f"""
    QLabel#title {{ color: {theme.text}; }}
    QComboBox {{ border: 1px solid {theme.line}; border-radius: 8px; background: {theme.paper};
                 color: {theme.text}; padding: 4px 8px; }}
    QComboBox:hover {{ background: {hover}; }}
    QComboBox:focus {{ border-color: {theme.accent}; }}
    QComboBox:disabled {{ color: {faint}; }}
    QComboBox::drop-down {{ border: 0; width: 18px; }}
    QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
    QScrollBar::handle:vertical {{ background: {theme.line}; border-radius: 4px; min-height: 36px;
                                   margin: 0 2px; }}
    QScrollBar::handle:vertical:hover {{ background: {theme.quiet}; }}
    QScrollBar::handle:vertical:disabled {{ background: transparent; }}
    QScrollBar::add-line:vertical, QScrollBar::sub-line:vertical {{ height: 0; }}
    QScrollBar::add-page:vertical, QScrollBar::sub-page:vertical {{ background: transparent; }}
    QProgressBar {{ border: 0; border-radius: 5px; background: {theme.track}; color: {theme.text};
                    text-align: center; }}
    QProgressBar::chunk {{ border-radius: 5px; background: {done}; }}
    QAbstractScrollArea {{ border: 0; background: {theme.ground}; }}
    """
