"""What an action of the window is: a row of its name, texts, keys, place and what it does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from digitpad.core.languages import N_
from digitpad.ui.shell.controller import Controller
from digitpad.ui.shell.session import Session


class Place(Enum):
    """Where an action is found besides its keys: a row of buttons beneath the pad, a group of the
    menu, or nowhere."""

    UPPER_BUTTONS = "upper buttons"
    LOWER_BUTTONS = "lower buttons"
    MENU_DRAWING = "menu: drawing"
    MENU_PICTURES = "menu: pictures"
    MENU_NETWORKS = "menu: networks"
    MENU_EXPLAIN = "menu: explain"
    MENU_WINDOW = "menu: window"
    KEYS_ONLY = "keys only"


MENU = (
    Place.MENU_DRAWING,
    Place.MENU_PICTURES,
    Place.MENU_NETWORKS,
    Place.MENU_EXPLAIN,
    Place.MENU_WINDOW,
)
"""The groups of the menu, from above."""

SUBMENUS = {
    Place.MENU_PICTURES: N_("Pictures"),
    Place.MENU_NETWORKS: N_("Networks"),
    Place.MENU_EXPLAIN: N_("Explain"),
}
"""Those that are menus of their own, by their names; the others lie open."""


@dataclass(frozen=True)
class ActionRow:
    """An action.

    id: its name in code. text: what it is called. keys: each does it. place: where it is found.
    does: what it does, given the window's controller. tip: what hovering tells; text where it is
    empty. icon: of its button, a name of ui/style/icons.py. foot: its name on a button at the foot
    of the window, where it has one. is_enabled: whether it can be done now; always where there is
    none. is_checked: whether it is on; None for what is done at once. checked_text: what it is
    called while it is on, where that is something else. verb: its name on a button under the
    answer, where it has one. is_listed: whether the list of keys has it.
    """

    id: str
    text: str
    keys: tuple[str, ...]
    place: Place
    does: Callable[[Controller], object]
    tip: str = ""
    icon: str = ""
    foot: str = ""
    is_enabled: Callable[[Session], bool] | None = None
    is_checked: Callable[[Session], bool] | None = None
    checked_text: str = ""
    verb: str = ""
    is_listed: bool = True
