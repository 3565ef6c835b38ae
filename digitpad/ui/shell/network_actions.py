"""Actions on networks and their recogniser: one row each."""

from __future__ import annotations

from digitpad.core.languages import N_
from digitpad.ui.shell.action_row import ActionRow, Place
from digitpad.ui.shell.states import Mode

NETWORK_ACTIONS = (
    ActionRow(
        "networks",
        N_("Choose a network…"),
        ("N",),
        Place.MENU_NETWORKS,
        lambda on: on.dialogs.choose_network(),
    ),
    ActionRow(
        "about",
        N_("About this network"),
        ("I",),
        Place.MENU_NETWORKS,
        lambda on: on.dialogs.about.toggle(),
        tip=N_("Its layers, its training, and what its tutorial gets wrong"),
        foot=N_("About"),
    ),
    ActionRow(
        "compare",
        N_("Compare…"),
        ("V",),
        Place.MENU_NETWORKS,
        lambda on: on.compare(),
        tip=N_("Two networks on one drawing"),
        foot=N_("Compare"),
        is_checked=lambda session: session.mode is not Mode.SINGLE,
        checked_text=N_("Leave comparing"),
    ),
    ActionRow(
        "second",
        N_("Compare with another…"),
        ("Shift+V",),
        Place.MENU_NETWORKS,
        lambda on: on.dialogs.choose_second(),
        tip=N_("Another second network"),
    ),
    ActionRow(
        "keep",
        N_("Keep beside the next"),
        ("Shift+K",),
        Place.MENU_NETWORKS,
        lambda on: on.session.pin(),
        tip=N_("What is on the pad stays in view, read as it is, while you draw another"),
    ),
    ActionRow(
        "browse",
        N_("Test images…"),
        ("T",),
        Place.MENU_NETWORKS,
        lambda on: on.dialogs.browse(),
        tip=N_("All test images, and what each is read as"),
        foot=N_("Test images"),
    ),
    ActionRow(
        "train",
        N_("Train a network…"),
        ("Ctrl+T",),
        Place.MENU_NETWORKS,
        lambda on: on.train(),
        tip=N_("Here, beside the window; snapshots of it read your drawing while it learns"),
    ),
    ActionRow(
        "weights",
        N_("Open a network's weights…"),
        ("Ctrl+Shift+O",),
        Place.MENU_NETWORKS,
        lambda on: on.exchange.choose_weights(),
    ),
    ActionRow(
        "restart",
        N_("Start the recogniser again"),
        ("F5",),
        Place.MENU_WINDOW,
        lambda on: on.session.restart(),
    ),
)
