"""What can be done in the window: one row an action, from which buttons, menu, keys and the list of
keys follow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from digitpad.ui.explain.tools import TOOLS, Tool
from digitpad.ui.shell.controller import Controller
from digitpad.ui.shell.session import Session
from digitpad.ui.shell.states import Mode


class Place(Enum):
    """Where an action is found besides its keys: a row of buttons beneath the pad, a group of the
    menu, or nowhere."""

    UPPER_BUTTONS = "upper buttons"
    LOWER_BUTTONS = "lower buttons"
    MENU_PICTURES = "menu: pictures"
    MENU_NETWORKS = "menu: networks"
    MENU_EXPLAIN = "menu: explain"
    MENU_WINDOW = "menu: window"
    KEYS_ONLY = "keys only"


MENU = (Place.MENU_PICTURES, Place.MENU_NETWORKS, Place.MENU_EXPLAIN, Place.MENU_WINDOW)
"""The groups of the menu, from above."""


@dataclass(frozen=True)
class ActionRow:
    """An action.

    id: its name in code. text: what it is called. keys: each does it. place: where it is found.
    does: what it does, given the window's controller. tip: what hovering tells; text where it is
    empty. icon: of its button, a name of ui/style/icons.py. foot: its name on a button at the foot
    of the window, where it has one. is_enabled: whether it can be done now; always where there is
    none. is_checked: whether it is on; None for what is done at once. checked_text: what it is
    called while it is on, where that is something else.
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


def _tool_row(tool: Tool) -> ActionRow:
    """The action that opens a tool of the drawer, and closes it."""
    return ActionRow(
        tool.id,
        tool.text,
        (tool.key,),
        Place.MENU_EXPLAIN,
        lambda on: on.session.selection.toggle_tool(tool.id),
        tip=tool.tip,
        is_checked=lambda session: session.selection.tool == tool.id,
        verb=tool.verb,
    )


ACTIONS = (
    ActionRow(
        "pen",
        "Pen",
        ("P",),
        Place.UPPER_BUTTONS,
        lambda on: on.session.pad.set_erasing(False),
        tip="Draw",
        icon="pen",
        is_checked=lambda session: not session.pad.is_erasing,
    ),
    ActionRow(
        "eraser",
        "Eraser",
        ("E",),
        Place.UPPER_BUTTONS,
        lambda on: on.session.pad.set_erasing(True),
        tip="Rub out; the right mouse button and a pen's eraser end do it too",
        icon="eraser",
        is_checked=lambda session: session.pad.is_erasing,
    ),
    ActionRow(
        "undo",
        "Undo",
        ("Ctrl+Z",),
        Place.UPPER_BUTTONS,
        lambda on: on.session.pad.undo(),
        tip="Take the last change back",
        icon="undo",
        is_enabled=lambda session: session.pad.drawing.can_undo,
    ),
    ActionRow(
        "redo",
        "Redo",
        ("Ctrl+Shift+Z", "Ctrl+Y"),
        Place.UPPER_BUTTONS,
        lambda on: on.session.pad.redo(),
        tip="Make it again",
        icon="redo",
        is_enabled=lambda session: session.pad.drawing.can_redo,
    ),
    ActionRow(
        "clear",
        "Clear",
        ("Del", "Backspace"),
        Place.UPPER_BUTTONS,
        lambda on: on.session.pad.clear(),
        tip="Take everything off the pad",
        icon="clear",
        is_enabled=lambda session: len(session.pad.drawing) > 0,
    ),
    ActionRow(
        "example",
        "Sample",
        ("M",),
        Place.LOWER_BUTTONS,
        lambda on: on.session.show_example(),
        tip="A test image of the network's data set, with its label",
        icon="example",
    ),
    ActionRow(
        "open",
        "Picture",
        ("Ctrl+O",),
        Place.LOWER_BUTTONS,
        lambda on: on.exchange.choose_picture(),
        tip="Read pictures of digits; dropping or pasting them works too",
        icon="open",
    ),
    ActionRow(
        "look",
        "See the picture on the pad",
        ("O",),
        Place.MENU_PICTURES,
        lambda on: on.look_at_picture(),
        tip="What was taken for ink; read it in a box, inverted, or one digit of several",
    ),
    ActionRow(
        "paste",
        "Paste a picture",
        ("Ctrl+V",),
        Place.MENU_PICTURES,
        lambda on: on.exchange.paste(),
    ),
    ActionRow(
        "copy",
        "Copy a picture of the window",
        ("Ctrl+C",),
        Place.MENU_PICTURES,
        lambda on: on.taking.copy(),
    ),
    ActionRow(
        "save",
        "Save a picture of the window…",
        ("Ctrl+S",),
        Place.MENU_PICTURES,
        lambda on: on.taking.save(),
    ),
    ActionRow(
        "panel",
        "Save a picture of a panel…",
        ("Ctrl+Shift+S",),
        Place.MENU_PICTURES,
        lambda on: on.taking.choose(),
    ),
    ActionRow(
        "networks",
        "Choose a network…",
        ("N",),
        Place.MENU_NETWORKS,
        lambda on: on.dialogs.choose_network(),
    ),
    ActionRow(
        "about",
        "About this network",
        ("I",),
        Place.MENU_NETWORKS,
        lambda on: on.dialogs.about.toggle(),
        tip="Its layers, its training, and what its tutorial gets wrong",
        foot="About",
    ),
    ActionRow(
        "compare",
        "Compare…",
        ("V",),
        Place.MENU_NETWORKS,
        lambda on: on.compare(),
        tip="Two networks on one drawing",
        foot="Compare",
        is_checked=lambda session: session.mode is not Mode.SINGLE,
        checked_text="Leave comparing",
    ),
    ActionRow(
        "second",
        "Compare with another…",
        ("Shift+V",),
        Place.MENU_NETWORKS,
        lambda on: on.dialogs.choose_second(),
        tip="Another second network",
    ),
    ActionRow(
        "keep",
        "Keep beside the next",
        ("Shift+K",),
        Place.MENU_NETWORKS,
        lambda on: on.session.pin(),
        tip="What is on the pad stays in view, read as it is, while you draw another",
    ),
    ActionRow(
        "browse",
        "Test images…",
        ("T",),
        Place.MENU_NETWORKS,
        lambda on: on.dialogs.browse(),
        tip="All test images, and what each is read as",
        foot="Test images",
    ),
    ActionRow(
        "weights",
        "Open a network's weights…",
        ("Ctrl+Shift+O",),
        Place.MENU_NETWORKS,
        lambda on: on.exchange.choose_weights(),
    ),
    ActionRow(
        "restart",
        "Start the recogniser again",
        ("F5",),
        Place.MENU_NETWORKS,
        lambda on: on.session.restart(),
    ),
    ActionRow(
        "back",
        "Back",
        ("Esc",),
        Place.MENU_NETWORKS,
        lambda on: on.go_back(),
        tip="From a message, the card about the network, a pinned unit, an explanation, "
        "a large layer, presenting, comparing",
    ),
    *map(_tool_row, TOOLS),
    ActionRow(
        "thinner",
        "Thinner pen",
        ("[",),
        Place.KEYS_ONLY,
        lambda on: on.change_pen_width(-1),
    ),
    ActionRow(
        "thicker",
        "Thicker pen",
        ("]",),
        Place.KEYS_ONLY,
        lambda on: on.change_pen_width(1),
    ),
    ActionRow(
        "present",
        "Present",
        ("F11",),
        Place.MENU_WINDOW,
        lambda on: on.present(),
        tip="Full screen, one step at a time from the pen to the answer",
    ),
    ActionRow(
        "keys",
        "Keys and hints",
        ("F1",),
        Place.MENU_WINDOW,
        lambda on: on.keys_wanted.emit(),
    ),
    ActionRow(
        "quit",
        "Quit",
        ("Ctrl+Q",),
        Place.MENU_WINDOW,
        lambda on: on.quit_wanted.emit(),
    ),
)


def rows_in(place: Place) -> tuple[ActionRow, ...]:
    """The actions that are found in a place, in order."""
    return tuple(row for row in ACTIONS if row.place is place)


def verbs_of(actions: dict[str, QAction]) -> dict[str, QAction]:
    """The actions that have a button under the answer, by its name."""
    return {row.verb: actions[row.id] for row in ACTIONS if row.verb}


def make_actions(owner: QWidget, controller: Controller) -> dict[str, QAction]:
    """All actions by id, working in the owner's window and in step with the session."""
    actions = {row.id: QAction(row.text, owner) for row in ACTIONS}
    session = controller.session

    rows = [row for row in ACTIONS if row.is_enabled is not None or row.is_checked is not None]

    def refresh() -> None:
        for row in rows:
            action = actions[row.id]
            # With every answer; Qt is bothered only with what is new.
            if row.is_enabled is not None and row.is_enabled(session) != action.isEnabled():
                action.setEnabled(not action.isEnabled())
            if row.is_checked is not None and row.is_checked(session) != action.isChecked():
                action.setChecked(not action.isChecked())
            if row.checked_text:
                action.setText(row.checked_text if action.isChecked() else row.text)

    def do(row: ActionRow) -> None:
        row.does(controller)
        if row.is_checked is not None:
            # Qt has turned it on or off by itself.
            refresh()

    for row in ACTIONS:
        action = actions[row.id]
        action.setShortcuts([QKeySequence(key) for key in row.keys])
        first_key = QKeySequence(row.keys[0]).toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"{row.tip or row.text} ({first_key})")
        action.setCheckable(row.is_checked is not None)
        action.triggered.connect(lambda _checked=False, row=row: do(row))
        owner.addAction(action)
    for changed in (
        session.pad.history_changed,
        session.pad.tool_changed,
        session.answer_changed,
        session.network_changed,
        session.state_changed,
        session.comparison_changed,
        session.selection.tool_changed,
    ):
        changed.connect(refresh)
    refresh()
    return actions
