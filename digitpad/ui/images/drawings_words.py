"""What the window of My drawings says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from digitpad.core.constants import DIGITS, NON_DIGIT
from digitpad.core.languages import N_, _, ngettext
from digitpad.core.paths import shortened
from digitpad.ui.images.drawings_shown import DrawingOrder

if TYPE_CHECKING:
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


def totals_in_words(n: int, mistakes: int) -> str:
    """How many drawings are kept, and how many were read otherwise; "" without any."""
    if not n:
        return ""
    kept = ngettext("{n} drawing is kept.", "{n} drawings are kept.", n).format(n=n)
    wrong = ngettext(
        "{m} was read as something else when it was kept.",
        "{m} were read as something else when they were kept.",
        mistakes,
    ).format(m=mistakes)
    return f"{kept} {wrong}" if mistakes else kept


def drawing_in_words(entry: Entry) -> str:
    """What a drawing is labelled, when it was kept, and what it was read as then."""
    return " ".join(filter(None, lines_of(entry)))


def lines_of(entry: Entry) -> tuple[str, str, str]:
    """The same in three lines: what it is; when it was kept; what it was read as."""
    if entry.label is None:
        what = _("It has no label.")
    elif entry.label == NON_DIGIT:
        what = _("It is not a digit.")
    else:
        what = _("It is a {digit}.").format(digit=DIGITS[entry.label])
    moment = entry.created.astimezone().strftime("%Y-%m-%d %H:%M")
    return what, _("Drawn {moment}.").format(moment=moment), _read_as(entry)


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
