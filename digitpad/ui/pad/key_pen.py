"""Drawing without a pointer: arrow keys move a crosshair over the pad, Space puts the pen down and
up."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent

from digitpad.core.constants import DIGITS
from digitpad.core.languages import N_, _
from digitpad.ink.drawing import NEUTRAL_PRESSURE, PAD_SIZE
from digitpad.ui.pad.pad_model import KEYS, PadModel

STEP = 4
"""Pad units that an arrow key moves: small enough for a round digit, and across the pad within
three seconds of a held key. Ctrl moves a single unit."""

FARTHER = 10
"""With Shift so many times as far."""

REST_MS = 450
"""Where the crosshair is, is said once it has rested for so long."""

ARROWS: dict[int, tuple[int, int]] = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}

SLANTED: dict[int, tuple[int, int]] = {
    Qt.Key.Key_Home: (-1, -1),
    Qt.Key.Key_PageUp: (1, -1),
    Qt.Key.Key_End: (-1, 1),
    Qt.Key.Key_PageDown: (1, 1),
}
"""Slantwise by one key, as they lie on the number pad: not everyone holds two keys at once."""

WAYS = ARROWS | SLANTED

_SAID = {
    (False, False): N_("Pen up, {across} from the left, {down} from the top"),
    (True, False): N_("Pen down, {across} from the left, {down} from the top"),
    (False, True): N_("Eraser up, {across} from the left, {down} from the top"),
    (True, True): N_("Eraser down, {across} from the left, {down} from the top"),
}

_COMES_BACK = (
    Qt.FocusReason.ActiveWindowFocusReason,
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
)

_TAB = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)


class KeyPen(QObject):
    """Turns the keys of a pad that has the focus into strokes of its PadModel.

    How fast a held key repeats is the system's own setting, so that whoever has set it slower, or
    off, has it so here too. The crosshair is out from the first key, or from the focus that came by
    Tab, until a pointer draws or the focus goes elsewhere.

    Attributes:
        place: where the crosshair is, in whole pad units, within the pad.
        leaves: says whether a key is left to the window, though the pad has the focus.
        sample_wanted: called with the digit of a digit key; None where digits draw nothing.

    Signals:
        changed: the crosshair has moved, looks otherwise, or has come or gone.
        said (str): where the crosshair is and whether the pen is down: as the pen goes down or up,
            and once the crosshair rests with the pen up.
    """

    changed = Signal()
    said = Signal(str)

    def __init__(self, pad: PadModel, parent: QObject | None = None) -> None:
        """The crosshair is in the middle of the pad, and not out."""
        super().__init__(parent)
        self._pad = pad
        self.place = PAD_SIZE // 2, PAD_SIZE // 2
        self.leaves: Callable[[int], bool] = lambda key: False
        self.sample_wanted: Callable[[int], None] | None = None
        self._is_out = self._has_focus = self._was_down = False
        # The arrow keys that are held, the newest last.
        self._held: list[int] = []
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._say)
        pad.stroke_finished.connect(self._follow)
        pad.tool_changed.connect(self.changed)

    @property
    def is_shown(self) -> bool:
        """Whether the crosshair is seen."""
        return self._is_out and self._has_focus

    @property
    def is_down(self) -> bool:
        """Whether the pen that keys move is down."""
        return self.is_shown and self._pad.source == KEYS

    @property
    def erases(self) -> bool:
        """Whether it rubs out, or would once it is down."""
        return self._pad.stroke.erases if self.is_down else self._pad.is_erasing

    @property
    def width(self) -> float:
        """How wide it draws or rubs out, in pad units."""
        return self._pad.stroke.width if self.is_down else self._pad.tool_width

    @property
    def described(self) -> str:
        """Whether the pen is down, and where, in a sentence."""
        across, down = self.place
        return _(_SAID[self.is_down, self.erases]).format(across=across, down=down)

    # The focus.

    def take_focus(self, event: QFocusEvent) -> None:
        """The pad has the focus now: who came by Tab sees the crosshair at once."""
        self._has_focus = True
        if event.reason() in _TAB:
            self._is_out = True
        if self._is_out:
            self.changed.emit()

    def lose_focus(self, event: QFocusEvent) -> None:
        """The focus is elsewhere: the pen goes up, and no key is held any more."""
        self._held.clear()
        if event.reason() not in _COMES_BACK:
            self._is_out = False
        self._has_focus = False
        if self._pad.source == KEYS:
            self._pad.finish()
        self._hide()

    def give_way(self) -> None:
        """A pointer draws: the crosshair goes."""
        if self._is_out:
            self._is_out = False
            self._hide()

    def _hide(self) -> None:
        self._rest.stop()
        self._was_down = False
        self.changed.emit()

    # Keys.

    def overrides(self, event: QKeyEvent) -> bool:
        """Whether a key is wanted here before it does what it does in the window, or does not,
        since nothing is on the pad before the pen is up."""
        return self._deed_while_down(event) is not None

    def press(self, event: QKeyEvent) -> bool:
        """A key went down or repeats; whether it was one for the pad."""
        key = event.key()
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        strong = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
        if held & strong or self.leaves(key):
            return False
        deed = self._deed_while_down(event) or self._deed(event, held)
        if deed is None:
            return False
        is_repeated = event.isAutoRepeat() and key not in WAYS
        if self._pad.source in (None, KEYS) and not is_repeated:
            deed()
        return True

    def _deed_while_down(self, event: QKeyEvent) -> Callable[[], None] | None:
        """What a key does to the stroke under way: Escape ends it, Ctrl+Z takes it back, and
        clearing takes it away with the rest. None for any other key, and while the pen is up."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if not self.is_down:
            return None
        if held == Qt.KeyboardModifier.ControlModifier and event.key() == Qt.Key.Key_Z:
            return partial(self._end, self._pad.undo)
        ends = {
            Qt.Key.Key_Escape: self._pad.finish,
            Qt.Key.Key_Delete: self._pad.clear,
            Qt.Key.Key_Backspace: self._pad.clear,
        }
        end = ends.get(Qt.Key(event.key()))
        return None if held or end is None else partial(self._end, end)

    def _deed(self, event: QKeyEvent, held: Qt.KeyboardModifier) -> Callable[[], None] | None:
        """What a key does; None for one that does nothing here."""
        if event.key() in WAYS:
            return partial(self._walk, event.key(), held)
        if held & Qt.KeyboardModifier.ControlModifier:
            return None
        if event.key() == Qt.Key.Key_Space:
            return self._toggle
        # By its text: some keyboards have their digits on the upper row with Shift.
        digit = event.text()
        if self.sample_wanted is not None and digit in DIGITS:
            return partial(self._draw_sample, int(digit))
        return None

    def release(self, event: QKeyEvent) -> None:
        """A key is let go."""
        if not event.isAutoRepeat() and event.key() in self._held:
            self._held.remove(event.key())

    def _walk(self, key: int, held: Qt.KeyboardModifier) -> None:
        far = STEP
        if held & Qt.KeyboardModifier.ControlModifier:
            far = 1
        if held & Qt.KeyboardModifier.ShiftModifier:
            far *= FARTHER
        across, down = self._way(key)
        x, y = self.place
        self.place = _inside(x + far * across), _inside(y + far * down)
        self._is_out = True
        if self.is_down:
            self._pad.move(KEYS, *self.place, NEUTRAL_PRESSURE)
        else:
            self._pad.hovered.emit(*self.place)
            self._rest.start()
        self.changed.emit()

    def _way(self, key: int) -> tuple[int, int]:
        """Where a key leads, together with the arrow key that is held beside it."""
        across, down = WAYS[key]
        if key in ARROWS:
            if key in self._held:
                self._held.remove(key)
            for other in reversed(self._held):
                across, down = across or ARROWS[other][0], down or ARROWS[other][1]
            self._held.append(key)
        return across, down

    def _toggle(self) -> None:
        self._is_out = True
        if self.is_down:
            self._pad.end(KEYS, *self.place, None)
        else:
            self._pad.begin(KEYS, *self.place, NEUTRAL_PRESSURE, self._pad.is_erasing)
        self._follow()
        self.changed.emit()

    def _end(self, how: Callable[[], None]) -> None:
        how()
        # A tap is no stroke that the pad tells the end of.
        self._follow()

    def _draw_sample(self, digit: int) -> None:
        if self.sample_wanted is not None and not self._pad.refuses():
            self.sample_wanted(digit)

    def _follow(self) -> None:
        """The pen may have gone down or up, also by what was done to the drawing."""
        if self.is_down != self._was_down:
            self._was_down = self.is_down
            self._say()
            self.changed.emit()

    def _say(self) -> None:
        self._rest.stop()
        if self.is_shown:
            self.said.emit(self.described)


def _inside(place: int) -> int:
    return min(max(place, 0), PAD_SIZE)
