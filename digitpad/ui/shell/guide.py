"""The first steps in the window: their strip, the mark beside what they mean, and what is
remembered of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEasingCurve, QObject, QPoint, QRect, QSize, QVariantAnimation
from PySide6.QtWidgets import QWidget

from digitpad.ui.shell.first_steps import (
    ASK,
    DRAW,
    LAYER,
    NETWORK,
    SQUARE,
    STEPS,
    FirstSteps,
    sample_layer,
)
from digitpad.ui.shell.settings import StepsState
from digitpad.ui.shell.step_mark import StepMark
from digitpad.ui.shell.steps_strip import StepsStrip
from digitpad.ui.style.announcing import announce
from digitpad.ui.style.glide import motion_ms
from digitpad.ui.style.theme import Theme

if TYPE_CHECKING:
    from digitpad.ui.network.feature_maps import FeatureMaps
    from digitpad.ui.shell.main_window import MainWindow
    from digitpad.ui.shell.settings_store import SettingsStore


class Guide(QObject):
    """Shows the first steps in a window, in a place of their own, and keeps the settings in step.

    Attributes:
        steps: which is due. strip: says it. mark: stands beside what it means.
    """

    def __init__(self, window: MainWindow, store: SettingsStore) -> None:
        """Nothing is shown before begin()."""
        super().__init__(window)
        self._window, self._store = window, store
        self._stage = window.stage
        self.strip, self.mark = StepsStrip(window.stage), StepMark(window.stage)
        self.strip.hide()
        self.steps = FirstSteps(
            window.session, window.network_view, window.collection.correcting, window.dialogs, self
        )
        self._share = 0.0
        self._was_at = self._announced = ""
        self._is_aside = False
        self._kept_in: QSize | None = None
        self._motion = QVariantAnimation(self)
        self._motion.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._motion.valueChanged.connect(self._glide)
        self.steps.changed.connect(self._show)
        self.steps.noted.connect(self._note)
        self.steps.ended.connect(self._on_ended)
        self.strip.left.connect(self.leave)
        window.network_view.arranged.connect(self._place_mark)
        window.theme_changed.connect(self.set_theme)
        self.set_theme(window.theme)

    # Begin and end.

    def resume(self) -> None:
        """Go on where the steps were left, at once: the window is not seen yet."""
        self._share = 1.0
        self._store.change(first_steps=StepsState.SHOWN)
        self.steps.begin(self._store.values.steps_done)
        self._window.lay_out()

    def begin(self, done: Sequence[str] = ()) -> None:
        """Begin anew. done: the ids of steps that are taken to be done."""
        self._store.change(first_steps=StepsState.SHOWN, steps_done=tuple(done))
        self.steps.begin(done)
        # Its room may be there still.
        self._window.lay_out()
        self._glide_to(1.0)

    def leave(self) -> None:
        """Show them no more, now and at the next start."""
        self._store.change(first_steps=StepsState.OVER)
        self.steps.end()

    def stop(self) -> None:
        """No timer or animation runs after this."""
        self.steps.stop()
        self.mark.stop()
        self._motion.stop()

    def _note(self, done: tuple[str, ...]) -> None:
        self._store.change(steps_done=done)
        if len(done) == len(STEPS):
            self._store.change(first_steps=StepsState.OVER)

    def _on_ended(self) -> None:
        self._window.session.hints.be_quiet(False)
        self.mark.surround(QRect())
        if self.strip.button.hasFocus():
            self._window.canvas.setFocus()
        # Nothing moves under a pointer that has just been pressed, or is about to be: the parts
        # have the strip's room when they are laid out for another size.
        self._motion.stop()
        self._share = 1.0
        self._kept_in = self._stage.size()
        self.strip.hide()

    # Place.

    def height_in(self, width: int, unit: float) -> int:
        """How much of a window's height the strip takes now, being so wide, in pixels; as much for
        a while after it has gone."""
        if not self.steps.is_on and self._stage.size() != self._kept_in:
            self._share = 0.0
        if not self._share:
            return 0
        return round(self._share * self.strip.height_for(width, unit, self.steps.texts()))

    def place(self, box: QRect, unit: float) -> None:
        """Put the strip into its box, and the mark beside what is meant; neither is shown for an
        empty one."""
        self._is_aside = box.isEmpty() or not self.steps.is_on
        if box.isEmpty():
            self._kept_in = None
        self.strip.setVisible(not self._is_aside)
        if not self._is_aside:
            high = self.strip.height_for(box.width(), unit, self.steps.texts())
            self.strip.set_unit(unit)
            # It comes from above, and goes there.
            self.strip.setGeometry(box.x(), box.bottom() + 1 - high, box.width(), high)
        self._place_mark()

    def _glide_to(self, share: float) -> None:
        self._motion.stop()
        duration = motion_ms(self.strip)
        if not duration or not self._window.isVisible():
            self._glide(share)
            return
        self._motion.setStartValue(self._share)
        self._motion.setEndValue(share)
        self._motion.setDuration(duration)
        self._motion.start()

    def flush(self) -> None:
        """Be at once where it glides to."""
        self._motion.setCurrentTime(self._motion.duration())
        self.mark.flush()

    def _glide(self, share: float) -> None:
        if share != self._share:
            self._share = share
            self._window.lay_out()

    # What is shown.

    def _show(self) -> None:
        steps = self.steps
        self._window.session.hints.be_quiet(steps.is_on and not steps.is_closing)
        at = None if steps.step is None else STEPS.index(steps.step)
        done = [step.id in steps.done for step in STEPS]
        self.strip.show_step(steps.text, steps.keys, at, done)
        if steps.text != self._announced:
            self._announced = steps.text
            announce(self.strip, " ".join(filter(None, [self.strip.accessibleName(), steps.keys])))
        asked = steps.step.id if steps.step is not None and steps.keys else ""
        if asked != self._was_at:
            self._was_at = asked
            self._place_mark()
            self.mark.renew()

    def _place_mark(self) -> None:
        box = QRect() if self._is_aside else self._meant(self._was_at)
        # Between a network's layers there is less room than between the window's parts.
        away = 2 if self._was_at in (LAYER, SQUARE) else max(2, round(3.6 * self.strip.unit))
        self.mark.surround(box.intersected(self._stage.rect()), away)

    def _meant(self, step: str) -> QRect:
        """Where on the stage lies what a step is about; empty where it is not seen."""
        window, view = self._window, self._window.network_view
        verbs, status = window.answer_panel.verbs, window.status_line
        if step in (LAYER, SQUARE):
            name = view.enlarged or sample_layer(window.session.layers)
            return self._in_layer(view.panels.get(name), is_title=step == LAYER)
        parts = {DRAW: window.canvas, ASK: verbs, NETWORK: status.network_button}
        part = parts.get(step)
        return QRect() if part is None else self._on_stage(part, part.rect())

    def _in_layer(self, panel: FeatureMaps | None, is_title: bool) -> QRect:
        """A layer's name, or its first map."""
        if panel is None:
            return QRect()
        name = QRect(0, 0, panel.width(), round(panel.title_height))
        shown = panel.shown[0] if panel.shown else 0
        return self._on_stage(panel, name if is_title else panel.map_box(shown).toAlignedRect())

    def _on_stage(self, part: QWidget, box: QRect) -> QRect:
        if not part.isVisibleTo(self._stage):
            return QRect()
        return box.translated(part.mapTo(self._stage, QPoint(0, 0)))

    def set_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        self.strip.set_theme(theme)
        self.mark.set_theme(theme)
