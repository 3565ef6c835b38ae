"""What the window that teaches says, and how it looks."""

from __future__ import annotations

from digitpad.core.languages import N_, _, ngettext
from digitpad.core.texts import in_sentences
from digitpad.teaching.figures import Measure, Table
from digitpad.teaching.messages import Stage, TaughtAnswer
from digitpad.ui.style.style_sheet import scroll_bars
from digitpad.ui.style.theme import Theme

_STAGES = {
    Stage.LOADING: N_("Getting ready …"),
    Stage.DRAWING: N_("Drawing other people's digits to practise with, this once …"),
    Stage.READING: N_("Looking at what it can read now …"),
    Stage.TEACHING: N_("Teaching …"),
}
_SPANS = {
    Stage.LOADING: (0.0, 0.05),
    Stage.DRAWING: (0.05, 0.5),
    Stage.READING: (0.5, 0.6),
    Stage.TEACHING: (0.6, 1.0),
}
"""Where on the bar each stage begins and ends."""


def title_of(is_kept: bool, is_taught: bool) -> str:
    """The window's title."""
    if is_kept:
        return _("Kept — Digitpad")
    return _("Taught — Digitpad") if is_taught else _("Teach — Digitpad")


def stage_line(stage: Stage) -> str:
    """What the process is at."""
    return _(_STAGES[stage])


def share_of_all(stage: Stage, share: float) -> float:
    """How far all of it is, in [0, 1], where a stage is so far."""
    low, high = _SPANS[stage]
    return low + (high - low) * share


def begun_lines(title: str, without_replay: bool) -> tuple[str, str]:
    """What is taught to the network of this title, and how."""
    if without_replay:
        return (
            _("A lesson: {title} is taught its mistakes alone").format(title=title),
            _("Nothing but the drawings that it misread is shown to it, as one would do at first."),
        )
    return (
        _("{title} is taught your drawings").format(title=title),
        _(
            "It practises them among many other digits, so that it forgets nothing. Draw on "
            "meanwhile: the network that reads stays as it is until you keep this."
        ),
    )


def taught_line(answer: TaughtAnswer, is_lesson: bool) -> str:
    """What was taught, and what is to be known of the figures."""
    lines = [
        _("Each figure is of the same digits before and after.")
        if is_lesson
        else ngettext(
            "Taught {n} drawing in {seconds:.1f} s. Each figure is of the same digits before and "
            "after.",
            "Taught {n:,} drawings in {seconds:.1f} s. Each figure is of the same digits before "
            "and after.",
            answer.taught,
        ).format(n=answer.taught, seconds=answer.seconds)
    ]
    if answer.left_out:
        lines.append(
            ngettext(
                "{n} drawing is damaged and was left out.",
                "{n} drawings are damaged and were left out.",
                answer.left_out,
            ).format(n=answer.left_out)
        )
    if Measure.MNIST not in {one.measure for one in answer.table.figures}:
        lines.append(
            _("MNIST is not on this machine: synthetic digits were practised in its place.")
        )
    return in_sentences(lines)


def lesson_line(table: Table) -> str:
    """What the lesson without replay shows."""
    if table.fallen:
        return _(
            "That is what a network forgets that is shown nothing but its mistakes. It was a "
            "lesson: it is thrown away."
        )
    return _("This time it forgot little. It was a lesson: it is thrown away.")


def look_of(theme: Theme) -> str:
    """The style sheet of what the window has beside buttons."""
    return f"""
        QLabel {{ color: {theme.text}; }}
        QToolButton {{ padding: 4px 14px; }}
        QToolButton#main {{ background: {theme.accent}; color: {theme.accent_text};
                            border-color: {theme.accent}; }}
        QProgressBar {{ background: {theme.track}; border: none; border-radius: 5px; }}
        QProgressBar::chunk {{ background: {theme.accent}; border-radius: 5px; }}
        {scroll_bars(theme)}
        QScrollArea#table, QScrollArea#table > QWidget > QWidget {{
            background: {theme.ground}; }}
        """
