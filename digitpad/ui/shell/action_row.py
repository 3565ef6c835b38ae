"""What an action of the window is: a row of its name, texts, keys, places and what it does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from digitpad.core.languages import N_
from digitpad.ui.shell.controller import Controller
from digitpad.ui.shell.session import Session


class Menu(Enum):
    """A menu of the menu bar, from the left, or one within it, by its name."""

    FILE = N_("&File")
    EDIT = N_("&Edit")
    NETWORK = N_("&Network")
    EXPLAIN = N_("E&xplain")
    LEARN = N_("&Learn")
    VIEW = N_("&View")
    HELP = N_("&Help")
    LABELS = N_("It &is a")


class Group(Enum):
    """Actions that stand together in a menu, from above; a line is between groups."""

    FILE_OPEN = Menu.FILE, "open"
    FILE_SAVE = Menu.FILE, "save"
    FILE_PICTURES = Menu.FILE, "pictures"
    FILE_KEPT = Menu.FILE, "kept"
    FILE_END = Menu.FILE, "end"
    EDIT_CHANGE = Menu.EDIT, "change"
    EDIT_PICTURES = Menu.EDIT, "pictures"
    EDIT_PEN = Menu.EDIT, "pen"
    EDIT_SETTINGS = Menu.EDIT, "settings"
    NETWORK_CHOICE = Menu.NETWORK, "choice"
    NETWORK_SECOND = Menu.NETWORK, "second"
    NETWORK_IMAGES = Menu.NETWORK, "images"
    NETWORK_RECOGNISER = Menu.NETWORK, "recogniser"
    EXPLAIN_TOOLS = Menu.EXPLAIN, "tools"
    EXPLAIN_BACK = Menu.EXPLAIN, "back"
    LEARN_LABEL = Menu.LEARN, "label"
    LEARN_TEACHING = Menu.LEARN, "teaching"
    LEARN_TRAINING = Menu.LEARN, "training"
    LEARN_GAME = Menu.LEARN, "game"
    LABELS_DIGITS = Menu.LABELS, "digits"
    LABELS_OTHERS = Menu.LABELS, "others"
    VIEW_SCREEN = Menu.VIEW, "screen"
    VIEW_LOOK = Menu.VIEW, "look"
    VIEW_PARTS = Menu.VIEW, "parts"
    HELP_HINTS = Menu.HELP, "hints"
    HELP_ABOUT = Menu.HELP, "about"

    @property
    def menu(self) -> Menu:
        """The menu that it is in."""
        return self.value[0]


WITHIN = {Menu.LABELS: Group.LEARN_LABEL}
"""The groups in which menus within others stand, where the first of their actions would."""


class Buttons(Enum):
    """A row of buttons beneath the pad."""

    UPPER = "upper"
    LOWER = "lower"


@dataclass(frozen=True)
class ActionRow:
    """An action.

    id: its name in code. text: what it is called, with "&" before the letter that chooses it in its
    menu. keys: each does it; it may have none. group: where it stands in the menus. does: what it
    does, given the window's controller. tip: what hovering tells. buttons: the row in which it has
    a button beneath the pad, if it has; icon: of that button, a name of ui/style/icons.py; short:
    its name there, where text is too long. foot: its name on a button at the foot of the window,
    where it has one. verb: its name on a button under the answer, where it has one.
    is_enabled: whether it can be done now; always where there is none. is_checked: whether it is
    on; None for what is done at once. checked_text: what it is called while it is on, where that is
    something else. opens: the menu that opens beside it, where it asks what is meant by one. role:
    where the platform has a place of its own for it. is_listed: whether the list of keys has it.
    """

    id: str
    text: str
    keys: tuple[str, ...]
    group: Group
    does: Callable[[Controller], object]
    tip: str = ""
    buttons: Buttons | None = None
    icon: str = ""
    short: str = ""
    foot: str = ""
    is_enabled: Callable[[Session], bool] | None = None
    is_checked: Callable[[Session], bool] | None = None
    checked_text: str = ""
    verb: str = ""
    opens: Callable[[Controller], QMenu] | None = None
    role: QAction.MenuRole = QAction.MenuRole.NoRole
    is_listed: bool = True
