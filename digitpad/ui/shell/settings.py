"""What the window remembers of a person: values, each checked as it is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from enum import Enum
from typing import Any

from digitpad.core.constants import DEVICE_NAMES, TEXT_SIZES, THEME_NAMES
from digitpad.ink.drawing import PEN_WIDTH
from digitpad.ui.pad.pad_model import PEN_WIDTH_RANGE

SYSTEM = "system"
THEME_CHOICES = (SYSTEM, *THEME_NAMES)
MOST_RECENT = 10
_LONGEST_TEXT = 4096
_MOST_IDS = 100
_LARGEST_SIDE = 1 << 15


class StepsState(str, Enum):
    """How far a person is with the first steps; OVER once they were done, or left."""

    NEW = "new"
    SHOWN = "shown"
    OVER = "over"


Place = tuple[int, int, int, int]
"""Left, top, width and height of a window, in pixels of the desktop."""


@dataclass(frozen=True)
class Settings:
    """What is remembered.

    theme: one of THEME_CHOICES. language: its code, "" for the system's. text_size: one of
    TEXT_SIZES. pen_width: the pen's; it always draws at first, since an eraser on
    an empty pad seems broken. fingers_draw: whether
    fingers draw even where a pen does. device: where networks run. network: of one that comes
    with Digitpad its file's name without ending, else the path of its weights, "" for the usual
    one; net: what was said of that
    file, as RecognizerClient.open_network takes it. tool: what explains, "" where nothing does.
    place, is_maximized: the window's; None before there was one. recent: files that were opened or
    saved, absolute, the newest first. hints_seen: the ids of the hints that need not be
    given any more. first_steps: how far the first steps are;
    steps_done: the ids of those that were done.
    """

    theme: str = SYSTEM
    language: str = ""
    text_size: int = 100
    pen_width: float = PEN_WIDTH
    fingers_draw: bool = False
    device: str = DEVICE_NAMES[0]
    network: str = ""
    net: str = ""
    tool: str = ""
    place: Place | None = None
    is_maximized: bool = False
    recent: tuple[str, ...] = ()
    hints_seen: tuple[str, ...] = ()
    first_steps: StepsState = StepsState.NEW
    steps_done: tuple[str, ...] = ()


def checked(held: Mapping[str, object]) -> Settings:
    """The settings of values from outside, by their names; what is missing or makes no sense is as
    it is at first."""
    taken: dict[str, Any] = {}
    for field in fields(Settings):
        if field.name in held:
            value = _CHECKS[field.name](held[field.name])
            if value is not None:
                taken[field.name] = value
    return Settings(**taken)


def _one_of(*choices: str) -> Callable[[object], str | None]:
    return lambda held: held if isinstance(held, str) and held in choices else None


def _text(held: object) -> str | None:
    is_text = isinstance(held, str) and len(held) <= _LONGEST_TEXT and held.isprintable()
    return str(held) if is_text else None


def _texts(most: int) -> Callable[[object], tuple[str, ...] | None]:
    def check(held: object) -> tuple[str, ...] | None:
        # A list of one is written as a text.
        given = [held] if isinstance(held, str) else held
        if not isinstance(given, list):
            return None
        return tuple(one for one in given if isinstance(one, str) and _text(one))[:most]

    return check


def _steps(held: object) -> StepsState | None:
    return next((state for state in StepsState if state.value == held), None)


def _is_on(held: object) -> bool | None:
    # All that an INI file gives is text, but for what this process has written itself.
    if isinstance(held, bool):
        return held
    return {"true": True, "false": False}.get(held) if isinstance(held, str) else None


def _number(held: object) -> float | None:
    if isinstance(held, bool) or not isinstance(held, int | float | str):
        return None
    try:
        number = float(held)
    except (ValueError, OverflowError):
        return None
    return number if abs(number) < _LARGEST_SIDE else None


def _pen_width(held: object) -> float | None:
    number = _number(held)
    low, high = PEN_WIDTH_RANGE
    return number if number is not None and low <= number <= high else None


def _text_size(held: object) -> int | None:
    number = _number(held)
    return int(number) if number in TEXT_SIZES else None


def _place(held: object) -> Place | None:
    numbers = [_number(one) for one in held] if isinstance(held, list) else []
    whole = [round(number) for number in numbers if number is not None]
    if len(whole) != 4 or len(numbers) != 4 or min(whole[2:]) < 1:
        return None
    left, top, width, height = whole
    return left, top, width, height


_CHECKS: dict[str, Callable[[object], Any]] = {
    "theme": _one_of(*THEME_CHOICES),
    "language": _text,
    "text_size": _text_size,
    "pen_width": _pen_width,
    "fingers_draw": _is_on,
    "device": _one_of(*DEVICE_NAMES),
    "network": _text,
    "net": _text,
    "tool": _text,
    "place": _place,
    "is_maximized": _is_on,
    "recent": _texts(MOST_RECENT),
    "hints_seen": _texts(_MOST_IDS),
    "first_steps": _steps,
    "steps_done": _texts(_MOST_IDS),
}
