"""What can be done in the window: one row an action, from which buttons, menu, keys and the list of
keys follow. The rows of drawings and of networks have a module each."""

from __future__ import annotations

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from digitpad.core.languages import N_, _
from digitpad.ui.explain.tools import TOOLS, Tool
from digitpad.ui.shell.action_row import ActionRow, Place
from digitpad.ui.shell.controller import Controller
from digitpad.ui.shell.correcting_actions import CORRECTING_ACTIONS
from digitpad.ui.shell.document_actions import DOCUMENT_ACTIONS
from digitpad.ui.shell.drawing_actions import DRAWING_ACTIONS
from digitpad.ui.shell.moving_actions import MOVING_ACTIONS
from digitpad.ui.shell.network_actions import NETWORK_ACTIONS
from digitpad.ui.shell.teaching_actions import TEACHING_ACTIONS


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
    *DRAWING_ACTIONS,
    *DOCUMENT_ACTIONS,
    *NETWORK_ACTIONS,
    ActionRow(
        "back",
        N_("Back"),
        ("Esc",),
        Place.MENU_WINDOW,
        lambda on: on.go_back(),
        tip=N_(
            "From a message, the card about the network, a pinned unit, an "
            "explanation, a large layer, presenting, comparing"
        ),
    ),
    *map(_tool_row, TOOLS),
    *CORRECTING_ACTIONS,
    *TEACHING_ACTIONS,
    ActionRow(
        "thinner",
        N_("Thinner pen"),
        ("[",),
        Place.KEYS_ONLY,
        lambda on: on.change_pen_width(-1),
    ),
    ActionRow(
        "thicker",
        N_("Thicker pen"),
        ("]",),
        Place.KEYS_ONLY,
        lambda on: on.change_pen_width(1),
    ),
    *MOVING_ACTIONS,
    ActionRow(
        "present",
        N_("Present"),
        ("F11",),
        Place.MENU_WINDOW,
        lambda on: on.present(),
        tip=N_("Full screen, one step at a time from the pen to the answer"),
    ),
    ActionRow(
        "settings",
        N_("Settings…"),
        ("Ctrl+,",),
        Place.MENU_WINDOW,
        lambda on: on.settings_wanted.emit(),
    ),
    ActionRow(
        "keys",
        N_("Keys and hints"),
        ("F1",),
        Place.MENU_WINDOW,
        lambda on: on.keys_wanted.emit(),
    ),
    ActionRow(
        "quit",
        N_("Quit"),
        ("Ctrl+Q",),
        Place.MENU_WINDOW,
        lambda on: on.quit_wanted.emit(),
    ),
)
"""All actions, in the order of the list of keys."""


def rows_in(place: Place) -> tuple[ActionRow, ...]:
    """The actions that are found in a place, in order."""
    return tuple(row for row in ACTIONS if row.place is place)


def verbs_of(actions: dict[str, QAction]) -> dict[str, QAction]:
    """The actions that have a button under the answer, by its name."""
    return {row.verb: actions[row.id] for row in ACTIONS if row.verb}


def make_actions(owner: QWidget, controller: Controller) -> dict[str, QAction]:
    """All actions by id, working in the owner's window and in step with the session."""
    actions = {row.id: QAction(_(row.text), owner) for row in ACTIONS}
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
                action.setText(_(row.checked_text if action.isChecked() else row.text))

    def do(row: ActionRow) -> None:
        row.does(controller)
        if row.is_checked is not None:
            # Qt has turned it on or off by itself.
            refresh()

    for row in ACTIONS:
        action = actions[row.id]
        action.setShortcuts([QKeySequence(key) for key in row.keys])
        first_key = QKeySequence(row.keys[0]).toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"{_(row.tip or row.text)} ({first_key})")
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
