"""The five first steps: each is over when the thing was done, by whatever hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from digitpad.core.languages import N_, _
from digitpad.core.results import LayerInfo, LayerKind, Unit
from digitpad.core.texts import in_sentences
from digitpad.ui.explain.tools import WHY_TOOL
from digitpad.ui.shell.session import Session

if TYPE_CHECKING:
    from digitpad.ui.network.network_view import NetworkView
    from digitpad.ui.shell.correcting import Correcting
    from digitpad.ui.shell.network_dialogs import NetworkDialogs

DONE_MS = 3_500
"""How long it is said what was done, before the next step."""
POINT_MS = 700
"""A pointer that is on its way somewhere leaves a layer sooner."""

DRAW, LAYER, SQUARE, ASK, NETWORK = "draw", "layer", "square", "ask", "network"


@dataclass(frozen=True)
class Step:
    """A step.

    id: its name in the settings. asks: what is to be done. keys: how it is done by keys. done:
    what is said once it was done. Each is given the session.
    """

    id: str
    asks: Callable[[Session], str]
    keys: str
    done: Callable[[Session], str]


_DRAW = {
    "digit": N_("Draw a digit on the pad, with the mouse, a pen or a finger."),
    "garment": N_("Draw a garment on the pad, with the mouse, a pen or a finger."),
    "character": N_("Draw a character on the pad, with the mouse, a pen or a finger."),
}


_DRAW_KEYS = N_("By keys: the arrow keys move the pen, Space puts it down and lifts it.")


def _read(session: Session) -> str:
    recognition = session.recognition
    if session.several.answers:
        return _("It reads each of them by itself.")
    if recognition is None or not recognition.accepted:
        return _("The network does not know what this is. You can draw another one.")
    return _("The network reads this as {answer}.").format(answer=session.reading.answer)


def _asked(session: Session) -> str:
    if session.selection.tool == WHY_TOOL:
        return _("Orange ink speaks for the answer, blue ink against it.")
    return _("That is kept in My drawings, and can be taught to the network.")


STEPS = (
    Step(DRAW, lambda on: _(_DRAW[on.data_set.noun]), _DRAW_KEYS, _read),
    Step(
        LAYER,
        lambda on: _("Click on the name of a layer, such as {layer}, to see it large.").format(
            layer=sample_layer(on.layers)
        ),
        N_("By keys: Tab goes to a layer, Enter shows it large."),
        lambda on: _("Another click on its name, or Esc, shows all layers again."),
    ),
    Step(
        SQUARE,
        lambda on: _("Point at a square of a layer to see its number."),
        N_("By keys: Tab goes to a layer, the arrow keys to a square."),
        lambda on: _("Its number stands beside the layer's name, and a frame shows what it sees."),
    ),
    Step(
        ASK,
        lambda on: _("Press “Why?” under the answer, or say yourself what you drew."),
        N_("By keys: W asks why, C says what it is."),
        _asked,
    ),
    Step(
        NETWORK,
        lambda on: _("Press the network's name at the lower left: there are more to choose."),
        N_("By keys: N opens the list of networks."),
        lambda on: _("Each network reads the same drawing in its own way."),
    ),
)
"""The steps, in their order."""

_CLOSING = N_("That is all. The menu Help has these steps again, and F1 shows all keys.")


def sample_layer(layers: tuple[LayerInfo, ...]) -> str:
    """The name of a layer that is good to look at: of the last convolution with maps, or the first
    layer; "" where there is none."""
    maps = [one for one in layers if one.layer_kind is LayerKind.CONVOLUTION and one.shape[1:]]
    return (maps[-1] if maps else layers[0]).name if layers else ""


class FirstSteps(QObject):
    """Which step is due, and what is said of it.

    It listens to what was done, not to how: mouse, keys, pen and finger are the same to it. What is
    done before its step is due is passed over then.

    Attributes:
        done: the ids of what was done. step: the step that is due; None when none is any more.
        text: what is said now. keys: how that is done by keys; "" where nothing is asked.

    Signals:
        changed: another text, or step. noted (object): done has grown, a tuple of ids. ended:
            nothing is to be said any more.
    """

    changed = Signal()
    noted = Signal(object)
    ended = Signal()

    def __init__(
        self,
        session: Session,
        view: NetworkView,
        correcting: Correcting,
        dialogs: NetworkDialogs,
        parent: QObject | None = None,
    ) -> None:
        """Not begun yet."""
        super().__init__(parent)
        self._session, self._view = session, view
        self.done: tuple[str, ...] = ()
        self.step: Step | None = None
        self.text = self.keys = ""
        self._has_ink = False
        self._pointed_before: Unit | None = None
        self._pinned_before: Unit | None = None
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._ask_next)
        self._pointing = QTimer(self, singleShot=True, interval=POINT_MS)
        self._pointing.timeout.connect(lambda: self._finish(SQUARE))
        session.pad.ink_changed.connect(self._on_ink)
        session.answer_changed.connect(self._on_answer)
        view.size_changed.connect(self._on_size)
        session.selection.changed.connect(self._on_selection)
        session.selection.tool_changed.connect(self._on_tool)
        session.network_changed.connect(self._on_network)
        correcting.filed.connect(lambda _text: self._finish(ASK))
        dialogs.list_closed.connect(lambda: self._finish(NETWORK))

    @property
    def is_on(self) -> bool:
        """Whether something is said."""
        return bool(self.text)

    @property
    def is_closing(self) -> bool:
        """Whether all was done, and the last line is said."""
        return self.is_on and self.step is None

    def begin(self, done: Iterable[str] = ()) -> None:
        """Ask for the first step that was not done yet."""
        ids = set(done)
        self.done = tuple(step.id for step in STEPS if step.id in ids)
        self._has_ink = False
        self._pinned_before = self._session.selection.pinned
        self._ask_next()

    def end(self) -> None:
        """Say nothing any more."""
        self.stop()
        was_on, self.text, self.keys, self.step = self.is_on, "", "", None
        if was_on:
            self.ended.emit()

    def stop(self) -> None:
        """No timer runs after this."""
        self._timer.stop()
        self._pointing.stop()

    def texts(self) -> list[str]:
        """All that may be said, for as much room as it takes."""
        on = self._session
        asked = (in_sentences((step.asks(on), _(step.keys))) for step in STEPS)
        return [*asked, *(step.done(on) for step in STEPS), _(_CLOSING), self.text]

    # What is said.

    def _ask_next(self) -> None:
        self._timer.stop()
        self._pointing.stop()
        self.step = next((step for step in STEPS if step.id not in self.done), None)
        if self.step is None:
            self._say(_(_CLOSING), "")
            return
        self._pointed_before = self._session.selection.unit
        self._say(self.step.asks(self._session), _(self.step.keys))

    def _say(self, text: str, keys: str) -> None:
        self.text, self.keys = text, keys
        self.changed.emit()

    def _finish(self, id: str) -> None:
        """A step was done, whether it was due or not."""
        if not self.is_on or id in self.done:
            return
        self.done = tuple(step.id for step in STEPS if step.id in (*self.done, id))
        self.noted.emit(self.done)
        if self.step is not None and self.step.id == id:
            self._say(self.step.done(self._session), "")
            self._timer.start(DONE_MS)
        else:
            self.changed.emit()

    # What was done.

    def _on_ink(self) -> None:
        self._has_ink = not self._session.pad.is_empty

    def _on_answer(self) -> None:
        session = self._session
        if self._has_ink and session.recognition is not None and session.is_resting:
            self._finish(DRAW)

    def _on_size(self) -> None:
        if self._view.enlarged is not None:
            self._finish(LAYER)

    def _on_selection(self) -> None:
        selection = self._session.selection
        if selection.pinned != self._pinned_before:
            self._pinned_before = selection.pinned
            if selection.pinned is not None:
                self._finish(SQUARE)
        elif selection.unit is None:
            self._pointing.stop()
            self._pointed_before = None
        elif (
            # The pointer may lie on a square since before it was asked for.
            self._is_asked(SQUARE)
            and selection.unit != self._pointed_before
            and not self._pointing.isActive()
        ):
            self._pointing.start()

    def _on_tool(self) -> None:
        if self.is_closing:
            # What lies in the window moves now in any case.
            self.end()
        elif self._session.selection.tool == WHY_TOOL:
            self._finish(ASK)

    def _on_network(self) -> None:
        """Another network may have layers of other names."""
        if self.step is not None and self.keys:
            self._say(self.step.asks(self._session), self.keys)

    def _is_asked(self, id: str) -> bool:
        return self.step is not None and self.step.id == id and id not in self.done
