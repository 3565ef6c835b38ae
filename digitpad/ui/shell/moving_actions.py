"""Actions that move the keyboard through the window: one row each."""

from __future__ import annotations

from digitpad.core.languages import N_
from digitpad.ui.shell.action_row import ActionRow, Group

MOVING_ACTIONS = (
    ActionRow(
        "next-part",
        N_("To the &next part of the window"),
        ("F6",),
        Group.VIEW_PARTS,
        lambda on: on.go_to_part(True),
    ),
    ActionRow(
        "part-before",
        N_("To the part &before"),
        ("Shift+F6",),
        Group.VIEW_PARTS,
        lambda on: on.go_to_part(False),
    ),
)
