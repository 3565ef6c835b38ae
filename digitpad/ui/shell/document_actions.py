"""Actions on the drawing as a document, and on pictures of the window: one row each."""

from __future__ import annotations

from digitpad.core.languages import N_
from digitpad.ui.shell.action_row import ActionRow, Buttons, Group

DOCUMENT_ACTIONS = (
    ActionRow(
        "new",
        N_("&New drawing"),
        ("Ctrl+N",),
        Group.FILE_OPEN,
        lambda on: on.documents.begin_anew(),
    ),
    ActionRow(
        "open",
        N_("&Open…"),
        ("Ctrl+O",),
        Group.FILE_OPEN,
        lambda on: on.exchange.choose_files(),
        tip=N_("A drawing, or pictures of digits; dropping or pasting them works too"),
        buttons=Buttons.LOWER,
        icon="open",
        short=N_("Open"),
    ),
    ActionRow(
        "recent",
        N_("Open a &recent file"),
        ("Ctrl+R",),
        Group.FILE_OPEN,
        lambda on: on.documents.choose_recent(),
        opens=lambda on: on.documents.recent_menu,
    ),
    ActionRow(
        "back-again",
        N_("&Bring back an earlier drawing"),
        ("Ctrl+Shift+T",),
        Group.FILE_OPEN,
        lambda on: on.bring_back(),
        tip=N_("The drawing that was on the pad when the window was closed"),
    ),
    ActionRow(
        "save",
        N_("&Save the drawing"),
        ("Ctrl+S",),
        Group.FILE_SAVE,
        lambda on: on.documents.save(),
        tip=N_("With its strokes, so that it can be drawn on and taken apart again"),
        buttons=Buttons.LOWER,
        icon="save",
        short=N_("Save"),
    ),
    ActionRow(
        "save-as",
        N_("Save the drawing &as…"),
        ("Ctrl+Alt+S",),
        Group.FILE_SAVE,
        lambda on: on.documents.save_as(),
    ),
    ActionRow(
        "picture",
        N_("Save a &picture of the drawing…"),
        ("Ctrl+Shift+S",),
        Group.FILE_PICTURES,
        lambda on: on.documents.save_picture(),
        tip=N_("The drawing alone, as PNG or as SVG"),
    ),
    ActionRow(
        "window",
        N_("Save a picture of the &window…"),
        ("Ctrl+Shift+W",),
        Group.FILE_PICTURES,
        lambda on: on.taking.save(),
    ),
    ActionRow(
        "panel",
        N_("Save a picture of a pane&l…"),
        ("Ctrl+Shift+P",),
        Group.FILE_PICTURES,
        lambda on: on.taking.choose(),
        opens=lambda on: on.taking.menu,
    ),
)
