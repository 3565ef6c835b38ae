"""Actions on networks and their recogniser: one row each."""

from __future__ import annotations

from digitpad.core.languages import N_
from digitpad.ui.shell.action_row import ActionRow, Group
from digitpad.ui.shell.states import Mode

NETWORK_ACTIONS = (
    ActionRow(
        "networks",
        N_("&Choose a network…"),
        ("N",),
        Group.NETWORK_CHOICE,
        lambda on: on.dialogs.choose_network(),
        tip=N_("All networks: what they are, how well they read, and those that you opened"),
    ),
    ActionRow(
        "about",
        N_("&About this network"),
        ("I",),
        Group.NETWORK_CHOICE,
        lambda on: on.dialogs.about.toggle(),
        tip=N_("Its layers, its training, and what its tutorial gets wrong"),
        foot=N_("About"),
    ),
    ActionRow(
        "compare",
        N_("Co&mpare…"),
        ("V",),
        Group.NETWORK_SECOND,
        lambda on: on.compare(),
        tip=N_("Two networks on one drawing"),
        foot=N_("Compare"),
        is_checked=lambda session: session.mode is not Mode.SINGLE,
        checked_text=N_("Leave co&mparing"),
    ),
    ActionRow(
        "second",
        N_("Compare with a&nother…"),
        ("Shift+V",),
        Group.NETWORK_SECOND,
        lambda on: on.dialogs.choose_second(),
        tip=N_("Another second network"),
    ),
    ActionRow(
        "keep",
        N_("&Keep beside the next"),
        ("Shift+K",),
        Group.NETWORK_SECOND,
        lambda on: on.session.pin(),
        tip=N_("What is on the pad stays in view, read as it is, while you draw another"),
    ),
    ActionRow(
        "browse",
        N_("&Test images…"),
        ("T",),
        Group.NETWORK_IMAGES,
        lambda on: on.dialogs.browse(),
        tip=N_("All test images, and what each is read as"),
        foot=N_("Test images"),
    ),
    ActionRow(
        "train",
        N_("Train a &network…"),
        ("Ctrl+T",),
        Group.LEARN_TRAINING,
        lambda on: on.train(),
        tip=N_("Here, beside the window; snapshots of it read your drawing while it learns"),
    ),
    ActionRow(
        "weights",
        N_("&Open a network's weights…"),
        ("Ctrl+Shift+O",),
        Group.NETWORK_CHOICE,
        lambda on: on.exchange.choose_weights(),
    ),
    ActionRow(
        "restart",
        N_("&Start the recogniser again"),
        ("F5",),
        Group.NETWORK_RECOGNISER,
        lambda on: on.session.restart(),
    ),
)
