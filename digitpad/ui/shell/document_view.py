"""What is kept of the window beside a drawing in its file, and shown again when it is opened: which
network read it, what explained it, the unit that was pinned."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from digitpad.core.files import digest_of
from digitpad.core.languages import _
from digitpad.core.results import LayerInfo, Unit
from digitpad.ink.kept_drawing import KeptDrawing, Reading, ViewValue
from digitpad.ui.explain.tools import TOOLS
from digitpad.ui.images.picture_worker import Worker
from digitpad.ui.shell.session import Session

_SOON_MS = 400


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
        # A file of weights may lie on a disk that answers slowly.
        self._worker = Worker(self)
        self._digest_of = ("", "")
        self._finding = ""
        # What is to be shown once there is a network.
        self._waiting: tuple[KeptDrawing, str] | None = None
        # The digest of the network that read a drawing, and the drawing's file.
        self._read_by: tuple[str, str] | None = None
        # The first answer is worth more than which weights gave it.
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self._find_digest)
        session.network_changed.connect(self._soon.start)
        session.network_changed.connect(self._show_waiting)

    def stop(self) -> None:
        """Read nothing more."""
        self._soon.stop()
        self._finding = ""
        self._worker.stop()

    # To the file.

    def reading(self) -> Reading | None:
        """What was read; None while nothing is. Its network is "" until its file has been
        read."""
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

    def _find_digest(self) -> None:
        """Read the file of the network that reads now, in the thread."""
        info = self._session.info
        if info is None:
            return
        weights = self._finding = info.weights_file
        self._worker.ask(
            "digest",
            lambda: digest_of(Path(weights), lambda: weights == self._finding),
            lambda digest: self._take_digest(weights, digest),
            lambda line: self._take_digest(weights, ""),
        )

    def _take_digest(self, weights: str, digest: str) -> None:
        self._digest_of = weights, digest
        self._tell_other()

    def _digest(self, weights: str) -> str:
        """The digest of a file of weights; "" where it is not known, or not yet."""
        known, digest = self._digest_of
        return digest if known == weights else ""

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
            self._read_by = kept.reading.network, name
            self._tell_other()

    def _tell_other(self) -> None:
        """Say that another network read what was opened, once it is known which one reads now."""
        info = self._session.info
        if self._read_by is None or info is None or self._digest_of[0] != info.weights_file:
            return
        (network, name), self._read_by = self._read_by, None
        own = self._digest(info.weights_file)
        if own and own != network:
            self.said.emit(
                _("Another network read {name} when it was saved; {title} reads it now.").format(
                    name=name, title=_(info.title)
                )
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
