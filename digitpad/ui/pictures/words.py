"""What is said of a picture that is looked at."""

from __future__ import annotations

from digitpad.core.texts import several_text
from digitpad.ui.pictures.brought import BroughtPicture

TITLE = "The picture"
CHIP = "See picture"
CHIP_TIP = "What was taken for ink; to read it in a box, inverted, or one digit of several"
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
    return picture.name or "A picture without a name"


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
    doubts = [_DOUBTS[doubt.name] for doubt in picture.read.doubts if doubt.name in _DOUBTS]
    return f"{doubts[0]} {_DRAW}" if doubts else _FINE
