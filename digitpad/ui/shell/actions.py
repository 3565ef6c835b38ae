"""What can be done in the window: one row an action, from which menus, buttons, keys and the list
of keys follow. The rows of drawings and of networks have a module each."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from digitpad.core.languages import N_, _
from digitpad.ui.explain.tools import FILM_TOOL, TOOLS, Tool
from digitpad.ui.shell.action_row import WITHIN, ActionRow, Buttons, Group
from digitpad.ui.shell.choice_menu import (
    Choices,
    language_choices,
    text_size_choices,
    theme_choices,
)
from digitpad.ui.shell.controller import Controller
from digitpad.ui.shell.correcting_actions import CORRECTING_ACTIONS
from digitpad.ui.shell.document_actions import DOCUMENT_ACTIONS
from digitpad.ui.shell.drawing_actions import DRAWING_ACTIONS
from digitpad.ui.shell.moving_actions import MOVING_ACTIONS
from digitpad.ui.shell.network_actions import NETWORK_ACTIONS
from digitpad.ui.shell.teaching_actions import TEACHING_ACTIONS
from digitpad.ui.style.mnemonics import plain


def _tool_row(tool: Tool) -> ActionRow:
    """The action that opens a tool of the drawer, and closes it."""
    return ActionRow(
        tool.id,
        tool.text,
        (tool.key,),
        Group.LEARN_TRAINING if tool.id == FILM_TOOL else Group.EXPLAIN_TOOLS,
        lambda on: on.session.selection.toggle_tool(tool.id),
        tip=tool.tip,
        is_checked=lambda session: session.selection.tool == tool.id,
        verb=tool.verb,
    )


def _setting_row(name: str, text: str, tip: str, choices: Callable[[], Choices]) -> ActionRow:
    """The action that sets a setting, of that name, by a menu of its choices."""
    return ActionRow(
        name,
        text,
        (),
        Group.VIEW_LOOK,
        lambda on: on.settings_wanted.emit(),
        tip=tip,
        opens=lambda on: on.choice_menu(name, choices),
        is_listed=False,
    )


ACTIONS = (
    *DRAWING_ACTIONS,
    *DOCUMENT_ACTIONS,
    *NETWORK_ACTIONS,
    ActionRow(
        "back",
        N_("&Back"),
        ("Esc",),
        Group.EXPLAIN_BACK,
        lambda on: on.go_back(),
        tip=N_(
            "From a message, the card about the network, a pinned unit, an "
            "explanation, a large layer, presenting, comparing"
        ),
    ),
    *map(_tool_row, TOOLS),
    *CORRECTING_ACTIONS,
    *TEACHING_ACTIONS,
    *MOVING_ACTIONS,
    ActionRow(
        "present",
        N_("&Present"),
        ("F11",),
        Group.VIEW_SCREEN,
        lambda on: on.present(),
        tip=N_("Full screen, one step at a time from the pen to the answer"),
    ),
    _setting_row("theme", N_("&Theme"), N_("Light, dark, or of high contrast"), theme_choices),
    _setting_row(
        "text_size",
        N_("Text &size"),
        N_("As far as the window has room for it"),
        text_size_choices,
    ),
    _setting_row(
        "language", N_("&Language"), N_("Of the window and all it says, at once"), language_choices
    ),
    ActionRow(
        "settings",
        N_("Settin&gs…"),
        ("Ctrl+,",),
        Group.EDIT_SETTINGS,
        lambda on: on.settings_wanted.emit(),
        tip=N_("Theme, language, text size, pen, device, folders"),
        role=QAction.MenuRole.PreferencesRole,
    ),
    ActionRow(
        "steps",
        N_("&First steps"),
        (),
        Group.HELP_HINTS,
        lambda on: on.steps_wanted.emit(),
        tip=N_("Five things to try first, one after the other"),
        is_listed=False,
    ),
    ActionRow(
        "hints",
        N_("&Hints again"),
        (),
        Group.HELP_HINTS,
        lambda on: on.session.hints.begin_anew(),
        tip=N_("Each tool says once more what to try first"),
        is_listed=False,
    ),
    ActionRow(
        "keys",
        N_("&Keys and hints"),
        ("F1",),
        Group.HELP_HINTS,
        lambda on: on.keys_wanted.emit(),
    ),
    ActionRow(
        "about-digitpad",
        N_("&About Digitpad"),
        (),
        Group.HELP_ABOUT,
        lambda on: on.about_wanted.emit(),
        role=QAction.MenuRole.AboutRole,
        is_listed=False,
    ),
    ActionRow(
        "quit",
        N_("&Quit"),
        ("Ctrl+Q",),
        Group.FILE_END,
        lambda on: on.quit_wanted.emit(),
        role=QAction.MenuRole.QuitRole,
    ),
)
"""All actions; those of a group in the order in which they stand in its menu."""


def rows_of(buttons: Buttons) -> tuple[ActionRow, ...]:
    """The actions of a row of buttons, in order."""
    return tuple(row for row in ACTIONS if row.buttons is buttons)


def rows_of_group(group: Group) -> tuple[ActionRow, ...]:
    """The actions of a group, and of menus that stand in it, in order."""
    return tuple(row for row in ACTIONS if group in (row.group, WITHIN.get(row.group.menu)))


def verbs_of(actions: dict[str, QAction]) -> dict[str, QAction]:
    """The actions that have a button under the answer, by its name."""
    return {row.verb: actions[row.id] for row in ACTIONS if row.verb}


def make_actions(owner: QWidget, controller: Controller) -> dict[str, QAction]:
    """All actions by id, working in the owner's window and in step with the session."""
    actions = {row.id: QAction(owner) for row in ACTIONS}
    session = controller.session

    def name(row: ActionRow, text: str) -> None:
        """In menus with the letter that chooses it, on buttons without."""
        action = actions[row.id]
        if action.text() != _(text):
            action.setText(_(text))
            action.setIconText(_(row.short) if row.short else plain(_(text)))

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
                name(row, row.checked_text if action.isChecked() else row.text)

    def do(row: ActionRow) -> None:
        row.does(controller)
        if row.is_checked is not None:
            # Qt has turned it on or off by itself.
            refresh()

    for row in ACTIONS:
        action = actions[row.id]
        name(row, row.text)
        action.setShortcuts([QKeySequence(key) for key in row.keys])
        action.setToolTip(_tip_of(row))
        # Of buttons alone: few of many would have one.
        action.setIconVisibleInMenu(False)
        action.setMenuRole(row.role)
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


def _tip_of(row: ActionRow) -> str:
    """What hovering tells, with the first of its keys; of a menu's entry that says all it does,
    and has its key beside it, nothing."""
    if not row.tip or not row.keys:
        return _(row.tip) if row.tip else ""
    key = QKeySequence(row.keys[0]).toString(QKeySequence.SequenceFormat.NativeText)
    return f"{_(row.tip)} ({key})"
