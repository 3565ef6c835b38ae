"""What is said of teachings and versions, in words: one place for the window and the command
line."""

from __future__ import annotations

from collections.abc import Sequence

from digitpad.core.constants import DIGITS, NON_DIGIT
from digitpad.core.languages import N_, _, ngettext
from digitpad.core.texts import exact_percent, in_a_row
from digitpad.nets.spec.catalogue import NETWORKS
from digitpad.teaching.figures import Figure, Measure, Table, Verdict
from digitpad.teaching.versions import Version

_NAMES = {
    Measure.OWN: N_("My drawings"),
    Measure.MNIST: N_("MNIST, held out"),
    Measure.OTHERS: N_("Other people's writing (synthetic)"),
    Measure.NON_DIGITS: N_("Non-digits rejected"),
}
_FALLEN = {
    Measure.OWN: N_("Not kept by itself: fewer of your drawings are read than before."),
    Measure.MNIST: N_("Not kept by itself: it would read MNIST's digits less well than before."),
    Measure.OTHERS: N_("Not kept by itself: it would read other people's writing less well."),
    Measure.NON_DIGITS: N_("Not kept by itself: it would take more of what is no digit for one."),
}


def measure_name(measure: Measure) -> str:
    """What a figure is of."""
    return _(_NAMES[measure])


def verdict_line(table: Table) -> str:
    """The verdict, in a sentence."""
    if table.verdict is Verdict.KEEP:
        return _(
            "Worth keeping: it learned your drawings, and nothing else fell by more than chance."
        )
    if table.verdict is Verdict.NOTHING_WON:
        own = table[Measure.OWN]
        if own.before == own.n:
            return _("Nothing to win: all your drawings were read rightly before.")
        return _("Not kept by itself: it reads no more of your drawings than before.")
    if len(table.fallen) > 1:
        return _("Not kept by itself: it would forget too much of what it can read.")
    return _(_FALLEN[table.fallen[0]])


def figures_line(figures: Sequence[Figure]) -> str:
    """The figures after a teaching, on one line."""
    return " · ".join(
        _("{name} {share}").format(
            name=measure_name(one.measure), share=exact_percent(one.after, one.n)
        )
        for one in figures
    )


def taught_title(version: Version) -> str:
    """A version by the name that the person gave it, its network and the time it was taught."""
    at = version.teaching.taught_at.astimezone()
    text = (
        _("{name} ({network}, taught {day} at {time})")
        if version.name
        else _("{network}, taught {day} at {time}")
    )
    return text.format(
        name=version.name,
        network=_(version.title),
        day=at.strftime("%Y-%m-%d"),
        time=at.strftime("%H:%M"),
    )


def origin_line(version: Version, parent: Version | None) -> str:
    """What a version was taught, and from what."""
    teaching = version.teaching
    labels = in_a_row(
        [
            name if n == 1 else f"{name} ×{n:,}"
            for label, n in teaching.labels.items()
            for name in [_("not a digit") if label == NON_DIGIT else DIGITS[label]]
        ]
    )
    declared = NETWORKS.get(teaching.parent_name)
    parent_name = teaching.parent_name if declared is None else _(declared.title)
    if parent is not None:
        parent_name = taught_title(parent)
    line = ngettext(
        "Taught {n} drawing: {labels}. From {parent}",
        "Taught {n:,} drawings: {labels}. From {parent}",
        teaching.n,
    ).format(n=teaching.n, labels=labels, parent=parent_name)
    if teaching.overruled:
        return _("{line}. Kept against the advice.").format(line=line)
    return line


def shipped_line() -> str:
    """What is said of a network that was never taught."""
    return _("As it came with Digitpad; it is never changed")
