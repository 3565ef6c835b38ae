"""What is kept of the window beside a drawing in its file, and shown again when it is opened: which
network read it, what explained it, the unit that was pinned."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from digitpad.core.errors import DigitpadError
from digitpad.core.files import digest_of
from digitpad.core.languages import _
from digitpad.core.results import LayerInfo, Unit
from digitpad.ink.kept_drawing import KeptDrawing, Reading, ViewValue
from digitpad.ui.explain.tools import TOOLS
from digitpad.ui.shell.session import Session


class DocumentView(QObject):
    """Reads and shows what stands beside a drawing in its file.

    Signals:
        said (str): that another network read it when it was saved.
    """

    said = Signal(str)

    def __init__(self, session: Session) -> None:
        """session: whose network, tool and unit it is."""
        super().__init__(session)
        self._session = session
        self._digests: dict[str, str] = {}
        # What is to be shown once there is a network.
        self._waiting: tuple[KeptDrawing, str] | None = None
        session.network_changed.connect(self._show_waiting)

    # To the file.

    def reading(self) -> Reading | None:
        """What was read; None while nothing is."""
        recognition, info = self._session.recognition, self._session.info
        if recognition is None or info is None:
            return None
        return Reading(recognition.answer, recognition.accepted, self._digest(info.weights_file))

    def values(self) -> Mapping[str, ViewValue]:
        """What is open, by name."""
        selection = self._session.selection
        values: dict[str, ViewValue] = {}
        if selection.tool:
            values["tool"] = selection.tool
        if selection.pinned is not None:
            unit = selection.pinned
            values |= {
                "layer": unit.layer.name,
                "map": unit.map,
                "row": unit.row,
                "column": unit.column,
            }
        return values

    def _digest(self, weights: str) -> str:
        """The digest of a file of weights, read once; "" where it cannot be read."""
        if weights not in self._digests:
            self._digests[weights] = ""
            with contextlib.suppress(DigitpadError):
                self._digests[weights] = digest_of(Path(weights))
        return self._digests[weights]

    # From the file.

    def show(self, kept: KeptDrawing, name: str) -> None:
        """Open what was open, and say where another network read the drawing; once there is a
        network. name: of the file."""
        self._waiting = kept, name
        self._show_waiting()

    def _show_waiting(self) -> None:
        info = self._session.info
        if self._waiting is None or info is None:
            return
        (kept, name), self._waiting = self._waiting, None
        self._show_view(kept.view)
        if kept.reading is not None and kept.reading.network:
            own = self._digest(info.weights_file)
            if own and own != kept.reading.network:
                self.said.emit(
                    _(
                        "Another network read {name} when it was saved; {title} reads it now."
                    ).format(name=name, title=info.title)
                )

    def _show_view(self, view: Mapping[str, ViewValue]) -> None:
        selection, tool = self._session.selection, view.get("tool")
        unit = self._unit(view)
        if unit is not None:
            selection.pin(unit)
        if isinstance(tool, str) and tool in [one.id for one in TOOLS]:
            selection.open_tool(tool)

    def _unit(self, view: Mapping[str, ViewValue]) -> Unit | None:
        """The unit that was pinned; None where this network has none at its place."""
        layer = next((one for one in self._session.layers if one.name == view.get("layer")), None)
        places = [view.get(name) for name in ("map", "row", "column")]
        whole = [one for one in places if isinstance(one, int) and not isinstance(one, bool)]
        if layer is None or len(whole) != len(places) or not _is_in(layer, whole):
            return None
        return Unit(layer, *whole)


def _is_in(layer: LayerInfo, places: list[int]) -> bool:
    shape = [*layer.shape, 1, 1][:3]
    return all(0 <= at < size for at, size in zip(places, shape, strict=True))
