"""The tools of the drawer: one row a tool, from which its place in the drawer, its action, its key
and its button follow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from digitpad.core.languages import N_
from digitpad.ui.explain.tool_panel import ToolPanel
from digitpad.ui.shell.selection import KERNELS_TOOL, UNIT_TOOL
from digitpad.ui.shell.session import Session

WHY_TOOL = "why"
"""The id of the tool that tells why the answer leads another; a click on a bar opens it."""

FILM_TOOL = "film"
"""The id of the tool that shows how a network learns."""


@dataclass(frozen=True)
class Tool:
    """A tool.

    id: its name in code, and of its action. title: its name in the drawer's row. text: what the
    action is called in the menu, with "&" before its letter there; key: opens and closes it. tip:
    what hovering tells. make: makes its panel when it is first opened; modules are imported there,
    so that the window starts no later for them. verb: its name on a button under the answer, where
    it has one. short: its name in the drawer's row where not all names fit.
    """

    id: str
    title: str
    text: str
    key: str
    tip: str
    make: Callable[[Session, QWidget], ToolPanel]
    verb: str = ""
    short: str = ""


def _unit_card(session: Session, parent: QWidget) -> ToolPanel:
    from digitpad.ui.explain.unit_card import UnitCard

    return UnitCard(session, parent)


def _kernels(session: Session, parent: QWidget) -> ToolPanel:
    from digitpad.ui.explain.kernels_panel import KernelsPanel

    return KernelsPanel(session, parent)


def _why(session: Session, parent: QWidget) -> ToolPanel:
    from digitpad.ui.explain.why_panel import WhyPanel

    return WhyPanel(session, parent)


def _history(session: Session, parent: QWidget) -> ToolPanel:
    from digitpad.ui.explain.history_panel import HistoryPanel

    return HistoryPanel(session, parent)


def _normalisation(session: Session, parent: QWidget) -> ToolPanel:
    from digitpad.ui.explain.normalisation_panel import NormalisationPanel

    return NormalisationPanel(session, parent)


def _sweeps(session: Session, parent: QWidget) -> ToolPanel:
    from digitpad.ui.explain.sweeps_panel import SweepsPanel

    return SweepsPanel(session, parent)


def _film(session: Session, parent: QWidget) -> ToolPanel:
    from digitpad.ui.training.film_panel import FilmPanel

    return FilmPanel(session, parent)


TOOLS = (
    Tool(
        UNIT_TOOL,
        N_("Unit"),
        N_("Take a &unit apart"),
        "U",
        N_("Where the number in a square comes from; a click on a square opens it too"),
        _unit_card,
    ),
    Tool(
        KERNELS_TOOL,
        N_("Kernels"),
        N_("&Kernels of a layer"),
        "K",
        N_("What a layer multiplies with, beneath its maps; and which units speak for an answer"),
        _kernels,
    ),
    Tool(
        WHY_TOOL,
        N_("Why"),
        N_("&Why this answer?"),
        "W",
        N_(
            "Which ink speaks for the answer, and which against it; a click on a bar "
            "asks for its class"
        ),
        _why,
        verb=N_("Why?"),
    ),
    Tool(
        "history",
        N_("History"),
        N_("&How the answer came about"),
        "H",
        N_("Replays the drawing along its length, and what it was read as meanwhile"),
        _history,
    ),
    Tool(
        "normalisation",
        N_("Pen to 28 × 28"),
        N_("From &pen to 28 × 28"),
        "D",
        N_("How the drawing becomes the digit that is read, step by step, and what it measures"),
        _normalisation,
        short="28 × 28",
    ),
    Tool(
        "sweeps",
        N_("Sweeps"),
        N_("What the an&swer holds out against"),
        "S",
        N_(
            "The lead of the answer as the drawing is turned, sheared, shifted, "
            "resized, its pen changed"
        ),
        _sweeps,
    ),
    Tool(
        FILM_TOOL,
        N_("Learning"),
        N_("&Watch it learn"),
        "L",
        (N_("Snapshots of a training read your drawing one after the other; train one yourself")),
        _film,
        short=N_("Learn"),
    ),
)
"""All tools, in the order in which the drawer names them."""
