"""What is said of a picture that is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from digitpad.core.texts import several_text
from digitpad.ui.images.brought import MOST_FILES, BroughtPicture

if TYPE_CHECKING:
    from digitpad.ui.images.sheet_reading import SheetPicture

TITLE = "The picture"
CHIP = "See picture"
CHIP_TIP = "What was taken for ink; to read it in a box, inverted, or one digit of several"
NAMELESS = "A picture without a name"
INK, LEFT_OUT = "taken for ink", "left out"
INVERT, WHOLE, CANCEL, DONE = "Invert", "Whole picture", "Cancel", "Done"
INVERT_TIP = "Take what is lighter than its paper for ink, or what is darker"
WHOLE_TIP = "Read all of the picture again, without a box"
CANCEL_TIP = "Read it as before (Esc)"
DONE_TIP = "Keep it so (Enter)"
VIEW_TIP = (
    "Draw a box around the digit to be read, or click one of several. "
    "By keys: arrows move a box, with Shift they change its size; Space takes the next digit."
)

_DRAW = "Draw a box around your digit."
_FINE = "To read something else of it, draw a box around that."
_DOUBTS = {
    "FAINT": "The ink is faint. Is it what you wrote?",
    "CUT_OFF": "The digit reaches the picture's edge.",
}


def name_in_words(picture: BroughtPicture) -> str:
    """What a picture is called."""
    return picture.name or NAMELESS


def hint_in_words(picture: BroughtPicture, names: tuple[str, ...], is_box_empty: bool) -> str:
    """What is to be known of how a picture is read, and what one can do.

    names: what its several digits are read as. is_box_empty: nothing was found in the box.
    """
    if is_box_empty:
        return f"Nothing is drawn there. {_DRAW}"
    if picture.taken is not None and picture.taken < len(names):
        return f"Only this {names[picture.taken]} is read. Click it again for all."
    if names:
        return f"{several_text(names)}. Click the one to read."
    if picture.box is not None and any(one.name == "CUT_OFF" for one in picture.read.doubts):
        return "The digit reaches the edge of the box. Draw a larger one."
    doubts = [_DOUBTS[doubt.name] for doubt in picture.read.doubts if doubt.name in _DOUBTS]
    return f"{doubts[0]} {_DRAW}" if doubts else _FINE


# The sheet of several pictures.

SHEET_TITLE = "Pictures"
SHEET_HINT = "Click a picture to put it on the pad."
NOT_READ = "cannot be read"


def reading_in_words(picture: SheetPicture, classes: Sequence[str]) -> str:
    """What stands under a picture: "4", "42", "4 ?" for what is rejected, "…" while it is read."""
    if picture.trouble:
        return NOT_READ
    names = _names(picture, classes)
    return "".join(names) if names else "…"


def sheet_picture_in_words(picture: SheetPicture, classes: Sequence[str]) -> str:
    """A picture with its name and what it shows, for its tool tip and for screen readers."""
    if picture.trouble:
        return picture.trouble
    name, names = picture.name or NAMELESS, _names(picture, classes)
    if not names:
        return f"{name}, not yet read"
    if len(names) > 1:
        return f"{name}. Several digits: {' '.join(names)}"
    (answer, is_accepted), *_ = picture.answers
    return f"{name}: {classes[answer]}" + ("" if is_accepted else ", or not a digit?")


def _names(picture: SheetPicture, classes: Sequence[str]) -> list[str]:
    """What its digits are called: of several those that are rejected "?"."""
    if len(picture.answers) == 1:
        ((answer, is_accepted),) = picture.answers
        return [classes[answer] if is_accepted else f"{classes[answer]} ?"]
    return [classes[answer] if accepted else "?" for answer, accepted in picture.answers]


def totals_in_words(pictures: Sequence[SheetPicture], is_reading: bool) -> str:
    """How many pictures there are, and how many cannot be read."""
    count, failed = len(pictures), sum(bool(picture.trouble) for picture in pictures)
    parts = [f"{count:,} picture{'' if count == 1 else 's'}"]
    if failed:
        parts.append(f"{failed:,} cannot be read")
    if is_reading:
        parts.append("reading …")
    elif count >= MOST_FILES:
        parts.append("no more than these are read")
    return ", ".join(parts)
