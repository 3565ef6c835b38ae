"""Actions on networks and their recogniser: one row each."""

from __future__ import annotations

from digitpad.ui.shell.action_row import ActionRow, Place
from digitpad.ui.shell.states import Mode

NETWORK_ACTIONS = (
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
)
