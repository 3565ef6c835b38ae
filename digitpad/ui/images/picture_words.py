"""What is said of a picture that is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from digitpad.core.languages import N_, _, ngettext
from digitpad.core.texts import doubt_text, several_text
from digitpad.ui.images.brought import MOST_FILES, BroughtPicture

if TYPE_CHECKING:
    from digitpad.ui.images.sheet_reading import SheetPicture

TITLE = N_("The picture")
CHIP = N_("See picture")
CHIP_TIP = N_("What was taken for ink; to read it in a box, inverted, or one digit of several")
NAMELESS = N_("A picture without a name")
INK, LEFT_OUT = N_("taken for ink"), N_("left out")
INVERT, WHOLE, CANCEL, DONE = N_("Invert"), N_("Whole picture"), N_("Cancel"), N_("Done")
CLOSE = N_("Close")
INVERT_TIP = N_("Take what is lighter than its paper for ink, or what is darker")
WHOLE_TIP = N_("Read all of the picture again, without a box")
CANCEL_TIP = N_("Read it as before (Esc)")
DONE_TIP = N_("Keep it so (Enter)")
VIEW_TIP = N_(
    "Draw a box around the digit to be read, or click one of several. By keys: "
    "arrows move a box, with Shift they change its size; Space takes the next "
    "digit."
)

_FINE = N_("To read something else of it, draw a box around that.")
_DOUBTS = {
    "FAINT": N_("The ink is faint. Is it what you wrote? Draw a box around your digit."),
    "CUT_OFF": N_("The digit reaches the picture's edge. Draw a box around your digit."),
}


def name_in_words(picture: BroughtPicture) -> str:
    """What a picture is called."""
    return picture.name or _(NAMELESS)


def hint_in_words(picture: BroughtPicture, names: tuple[str, ...], is_box_empty: bool) -> str:
    """What is to be known of how a picture is read, and what one can do.

    names: what its several digits are read as. is_box_empty: nothing was found in the box.
    """
    if is_box_empty:
        return _("Nothing is drawn there. Draw a box around your digit.")
    if picture.taken is not None and picture.taken < len(names):
        return _("Only this {name} is read. Click it again for all.").format(
            name=names[picture.taken]
        )
    if names:
        return _("{several}. Click the one to read.").format(several=several_text(names))
    if picture.box is not None and any(one.name == "CUT_OFF" for one in picture.read.doubts):
        return _("The digit reaches the edge of the box. Draw a larger one.")
    doubts = [_DOUBTS[doubt.name] for doubt in picture.read.doubts if doubt.name in _DOUBTS]
    return _(doubts[0]) if doubts else _(_FINE)


# The sheet of several pictures.

SHEET_TITLE = N_("Pictures")
SHEET_HINT = N_("Click a picture to put it on the pad.")
NOT_READ = N_("cannot be read")


def reading_in_words(picture: SheetPicture, classes: Sequence[str]) -> str:
    """What stands under a picture: "4", "42", "4 ?" for what is rejected, "…" while it is read."""
    if picture.trouble:
        return _(NOT_READ)
    names = _names(picture, classes)
    return "".join(names) if names else "…"


def sheet_picture_in_words(picture: SheetPicture, classes: Sequence[str], noun: str) -> str:
    """A picture with its name and what it shows, for its tool tip and for screen readers.
    noun: what is drawn for the network."""
    if picture.trouble:
        return picture.trouble
    name, names = picture.name or _(NAMELESS), _names(picture, classes)
    if not names:
        return _("{name}, not yet read").format(name=name)
    if len(names) > 1:
        return _("{name}. Several digits: {names}").format(name=name, names=" ".join(names))
    answer, is_accepted = picture.answers[0]
    said = "{name}: {answer}" if is_accepted else _("{name}: {answer}. {doubt}")
    return said.format(name=name, answer=classes[answer], doubt=doubt_text(noun))


def _names(picture: SheetPicture, classes: Sequence[str]) -> list[str]:
    """What its digits are called: of several those that are rejected "?"."""
    if len(picture.answers) == 1:
        ((answer, is_accepted),) = picture.answers
        return [classes[answer] if is_accepted else f"{classes[answer]} ?"]
    return [classes[answer] if accepted else "?" for answer, accepted in picture.answers]


def totals_in_words(pictures: Sequence[SheetPicture], is_reading: bool) -> str:
    """How many pictures there are, and how many cannot be read."""
    count, failed = len(pictures), sum(bool(picture.trouble) for picture in pictures)
    parts = [ngettext("{n:,} picture", "{n:,} pictures", count).format(n=count)]
    if failed:
        parts.append(_("{failed:,} cannot be read").format(failed=failed))
    if is_reading:
        parts.append(_("reading …"))
    elif count >= MOST_FILES:
        parts.append(_("no more than these are read"))
    return _(", ").join(parts)
