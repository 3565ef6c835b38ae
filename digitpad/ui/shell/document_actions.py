"""Actions on the drawing as a document: one row each."""

from __future__ import annotations

from digitpad.core.languages import N_
from digitpad.ui.shell.action_row import ActionRow, Place

DOCUMENT_ACTIONS = (
    ActionRow(
        "new",
        N_("New drawing"),
        ("Ctrl+N",),
        Place.MENU_DRAWING,
        lambda on: on.documents.begin_anew(),
    ),
    ActionRow(
        "recent",
        N_("Open a recent file"),
        ("Ctrl+R",),
        Place.MENU_DRAWING,
        lambda on: on.documents.choose_recent(),
    ),
    ActionRow(
        "back-again",
        N_("Bring back an earlier drawing"),
        ("Ctrl+Shift+T",),
        Place.MENU_DRAWING,
        lambda on: on.bring_back(),
        tip=N_("The drawing that was on the pad when the window was closed"),
    ),
    ActionRow(
        "save",
        N_("Save the drawing"),
        ("Ctrl+S",),
        Place.MENU_DRAWING,
        lambda on: on.documents.save(),
        tip=N_("With its strokes, so that it can be drawn on and taken apart again"),
    ),
    ActionRow(
        "save-as",
        N_("Save the drawing as…"),
        ("Ctrl+Alt+S",),
        Place.MENU_DRAWING,
        lambda on: on.documents.save_as(),
    ),
    ActionRow(
        "picture",
        N_("Save a picture of the drawing…"),
        ("Ctrl+Shift+S",),
        Place.MENU_DRAWING,
        lambda on: on.documents.save_picture(),
        tip=N_("The drawing alone, as PNG or as SVG"),
    ),
)
