"""Actions that teach the network, and on what was kept of that: one row each."""

from __future__ import annotations

from digitpad.core.languages import N_
from digitpad.ui.shell.action_row import ActionRow, Group

TEACHING_ACTIONS = (
    ActionRow(
        "teach",
        N_("&Teach it my drawings…"),
        ("Ctrl+L",),
        Group.LEARN_TEACHING,
        lambda on: on.teach(),
        tip=N_("Seconds; then what it learned and what it forgot, and whether to keep it"),
    ),
    ActionRow(
        "versions",
        N_("&Versions…"),
        ("Ctrl+H",),
        Group.LEARN_TEACHING,
        lambda on: on.show_versions(),
        tip=N_("All that was taught and kept: go back, or compare two"),
    ),
)
