"""What the window of My drawings says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from digitpad.core.constants import DIGITS, NON_DIGIT
from digitpad.core.languages import N_, _, ngettext
from digitpad.core.paths import shortened
from digitpad.core.texts import in_sentences
from digitpad.ui.images.drawings_shown import DrawingOrder

if TYPE_CHECKING:
    from digitpad.ink.kept_drawing import Reading
    from digitpad.teaching.entries import Entry

TITLE = N_("My drawings")
LOADING = N_("My drawings are being read.")
EMPTY = N_(
    "Nothing is kept yet.\n\nDraw a digit. Under the answer, “Right!” or “No, it is…” keeps it "
    "here with what it is: for teaching the network, for measuring it, or just to have it."
)
ORDERS = {
    DrawingOrder.NEWEST_FIRST: N_("Newest first"),
    DrawingOrder.OLDEST_FIRST: N_("Oldest first"),
}


def privacy_in_words(path: Path) -> str:
    """Where the drawings are, and that they stay there."""
    return _("They stay on this machine, in {path}; nothing is ever sent.").format(
        path=shortened(str(path))
    )


def totals_in_words(n: int, labelled: int, mistakes: int, network: str = "") -> str:
    """How many drawings are kept, and how many of the labelled ones were read otherwise; or how
    many a network of this name reads rightly; "" without any."""
    if not n:
        return ""
    kept = ngettext("{n} drawing is kept.", "{n} drawings are kept.", n).format(n=n)
    if network and labelled:
        right = _("{network} reads {m} of {n} as they are labelled.")
        return in_sentences(
            (kept, right.format(network=network, m=labelled - mistakes, n=labelled))
        )
    wrong = ngettext(
        "{m} was read as something else when it was kept.",
        "{m} were read as something else when they were kept.",
        mistakes,
    ).format(m=mistakes)
    return in_sentences((kept, wrong if mistakes else ""))


def drawing_in_words(entry: Entry, now: Reading | None = None) -> str:
    """What a drawing is labelled, when it was kept, what it was read as then, and is now."""
    return in_sentences(lines_of(entry, now))


def lines_of(entry: Entry, now: Reading | None = None) -> tuple[str, str, str, str]:
    """The same in four lines: what it is; when it was kept; what it was read as; what it is read as
    now, "" where that is not known."""
    if entry.label is None:
        what = _("It has no label.")
    elif entry.label == NON_DIGIT:
        what = _("It is not a digit.")
    else:
        what = _("It is a {digit}.").format(digit=DIGITS[entry.label])
    moment = entry.created.astimezone().strftime("%Y-%m-%d %H:%M")
    drawn = _("Drawn {moment}.").format(moment=moment)
    return what, drawn, _read_as(entry), "" if now is None else _read_now(now)


def _read_now(reading: Reading) -> str:
    if not reading.accepted:
        return _("Now it is rejected as no digit.")
    return _("Now it is read as a {digit}.").format(digit=DIGITS[reading.answer])


def _read_as(entry: Entry) -> str:
    reading = entry.reading
    if reading is None:
        return _("It was not read when it was kept.")
    if not reading.accepted:
        return _("It was rejected as no digit.")
    if reading.answer >= len(DIGITS):
        return ""
    text = _("It was taken for a {digit}.") if entry.is_mistake else _("It was read as a {digit}.")
    return text.format(digit=DIGITS[reading.answer])
