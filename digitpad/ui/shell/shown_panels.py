"""The window's panels by name, so that each can be taken away as a picture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from digitpad.core.errors import DigitpadError
from digitpad.core.languages import _
from digitpad.nets.spec.layer_words import layer_name
from digitpad.ui.explain.tools import TOOLS

if TYPE_CHECKING:
    from digitpad.ui.shell.main_window import MainWindow

WINDOW = "window"
"""The name of the whole window."""


@dataclass(frozen=True)
class ShownPanel:
    """A panel that is seen.

    name: what the command line calls it. words: what the window calls it, as in "a picture of
    ...". is_card: whether it lies on a card, whose ground is another than the window's. is_layer:
    whether it is a layer, whose words are its name.
    """

    name: str
    words: str
    widget: QWidget
    is_card: bool = False
    is_layer: bool = False


class ShownPanels:
    """What there is to see in the window, by name: the window itself, its parts, each layer by its
    own name, and the tool that is open."""

    def __init__(self, window: MainWindow, inside: QWidget) -> None:
        """window: with all its parts in place; inside: what holds them."""
        self._inside = inside
        self._view, self._drawer = window.network_view, window.drawer
        lower = window.comparison
        parts: tuple[tuple[str, str, QWidget], ...] = (
            (WINDOW, _("the window"), window),
            ("pad", _("the pad"), window.canvas),
            ("input", _("what the network sees"), window.digit_view),
            ("network", _("the network"), window.network_view),
            ("answer", _("the answer"), window.answer_panel),
            ("second-network", _("the second network"), lower.view),
            ("second-answer", _("the second answer"), lower.answer),
            ("about", _("the card about the network"), window.dialogs.about),
            ("picture", _("the picture's card"), window.pictures.card),
        )
        self._parts = tuple(ShownPanel(*part) for part in parts)

    def shown(self) -> dict[str, ShownPanel]:
        """Those that are seen now, by their names; a layer that is called as a part of the window
        is "layer NAME"."""
        found: dict[str, ShownPanel] = {}
        for panel in self._all():
            name = panel.name if panel.name not in found else f"layer {panel.name}"
            if panel.name == WINDOW or panel.widget.isVisibleTo(self._inside):
                found[name] = replace(panel, name=name)
        return found

    def named(self, name: str) -> ShownPanel:
        """The panel of a name, in capitals or not; raises DigitpadError, with all names, where
        none that is seen has it."""
        shown = self.shown()
        for each in (name, *(known for known in shown if known.lower() == name.lower())):
            if each in shown:
                return shown[each]
        names = dict.fromkeys([*shown, *(tool.id for tool in TOOLS)])
        raise DigitpadError(
            _("there is no panel {name}; there are {names}").format(
                name=name, names=", ".join(names)
            )
        )

    def at(self, widget: QWidget | None) -> ShownPanel | None:
        """The smallest panel that a widget is part of; None where it is only in the window."""
        by_widget = {panel.widget: panel for panel in self.shown().values()}
        while widget is not None and widget is not self._inside:
            if widget in by_widget:
                return by_widget[widget]
            widget = widget.parentWidget()
        return None

    def _all(self) -> Iterator[ShownPanel]:
        yield from self._parts
        open_tool = self._drawer.panel
        for tool in TOOLS:
            if open_tool is not None and tool.id == self._drawer.open_tool:
                yield ShownPanel(tool.id, f"“{_(tool.title)}”", open_tool, is_card=True)
        for name, panel in self._view.panels.items():
            yield ShownPanel(name, layer_name(name), panel, is_layer=True)
