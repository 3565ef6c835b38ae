"""Actions that say what a drawing is, and on what was kept: one row each."""

from __future__ import annotations

from collections.abc import Callable

from digitpad.core.constants import DIGITS, NON_DIGIT
from digitpad.core.languages import N_
from digitpad.ui.shell.action_row import ActionRow, Group
from digitpad.ui.shell.controller import Controller
from digitpad.ui.shell.drawing_collection import DrawingCollection
from digitpad.ui.shell.session import Session


def _has_ink(session: Session) -> bool:
    return len(session.pad.drawing) > 0


def _is_read(session: Session) -> bool:
    return _has_ink(session) and session.recognition is not None


def _with(does: Callable[[DrawingCollection], object]) -> Callable[[Controller], object]:
    """What an action does with the window's My drawings; nothing where there are none."""
    return lambda on: None if on.collection is None else does(on.collection)


def _label_row(digit: int) -> ActionRow:
    """The action that says that it is this digit; the list of keys has them in one line."""
    return ActionRow(
        f"label-{digit}",
        f"&{digit}",
        (f"Alt+{digit}",),
        Group.LABELS_DIGITS,
        _with(lambda mine: mine.correcting.label(digit)),
        tip=N_("Say that it is this digit, and keep the drawing in My drawings"),
        is_enabled=_has_ink,
        is_listed=False,
    )


CORRECTING_ACTIONS = (
    ActionRow(
        "right",
        N_("&Right!"),
        ("R",),
        Group.LEARN_LABEL,
        _with(lambda mine: mine.correcting.confirm()),
        tip=N_("It was read rightly: keep the drawing in My drawings with what was read"),
        is_enabled=_is_read,
        verb=N_("Right!"),
    ),
    ActionRow(
        "wrong",
        N_("N&o, it is…"),
        ("C",),
        Group.LEARN_LABEL,
        _with(lambda mine: mine.correcting.ask()),
        tip=N_("Say what it is, and keep it in My drawings; Alt+0 to Alt+9 say it at once"),
        is_enabled=_has_ink,
        verb=N_("No, it is…"),
    ),
    *(_label_row(digit) for digit in range(len(DIGITS))),
    ActionRow(
        "not-a-digit",
        N_("It is &not a digit"),
        ("Alt+-",),
        Group.LABELS_OTHERS,
        _with(lambda mine: mine.correcting.label(NON_DIGIT)),
        is_enabled=_has_ink,
    ),
    ActionRow(
        "unlabel",
        N_("Take &back what was said of a drawing"),
        ("Alt+Backspace",),
        Group.LEARN_LABEL,
        _with(lambda mine: mine.correcting.undo()),
    ),
    ActionRow(
        "drawings",
        N_("&My drawings…"),
        ("Ctrl+D",),
        Group.FILE_KEPT,
        _with(lambda mine: mine.show_sheet()),
        tip=N_("What you kept with its label: look, relabel, delete, export"),
        foot=N_("My drawings"),
    ),
    ActionRow(
        "game",
        N_("&Play: draw a digit…"),
        ("G",),
        Group.LEARN_GAME,
        _with(lambda mine: mine.play()),
        tip=N_("Ten digits to draw, and what each is taken for"),
    ),
)
