"""What the tools share that ask the recogniser about the drawing: once the pen rests, the newest
question only, and the last picture stays until its answer is there."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from digitpad.core.languages import _
from digitpad.core.results import NetworkInfo, Recognition
from digitpad.core.texts import class_names
from digitpad.datasets import DataSet
from digitpad.datasets.of_network import data_set_of
from digitpad.engine.messages import NETWORK, SECOND
from digitpad.ink.drawing import Mark
from digitpad.ink.normalize import Frame
from digitpad.ui.explain import why_words as words
from digitpad.ui.explain.tool_panel import ToolPanel
from digitpad.ui.pad.tint import Floats
from digitpad.ui.shell.session import Session
from digitpad.ui.shell.states import Mode, RecognizerState, Row
from digitpad.ui.style.panel import RIGHT

ResultT = TypeVar("ResultT")


@dataclass(frozen=True, eq=False)
class Subject:
    """What a question is about: the drawing, as it is read, and by which network.

    marks: on the pad. digit: float32 (28, 28) in [0, 1]; frame: where its field lies over the pad.
    contrast: the classes that are held against each other; None where logits are no numbers.
    info: of the network; data_set: that it learned. rejected: the answer, where it is rejected.
    """

    marks: tuple[Mark, ...]
    digit: Floats
    frame: Frame
    contrast: tuple[int, int] | None
    info: NetworkInfo
    data_set: DataSet
    rejected: Recognition | None

    @classmethod
    def of(cls, session: Session) -> Subject:
        """What is on the pad now; the network reads it whose answer is asked about."""
        contrast = session.contrast
        info, recognition = contrast.info, contrast.recognition
        assert info is not None and recognition is not None
        return cls(
            session.pad.drawing.marks,
            session.digit,
            session.frame or Frame(0.0, 0.0, 1.0),
            contrast.classes,
            info,
            data_set_of(info),
            None if recognition.accepted else recognition,
        )

    @property
    def classes(self) -> tuple[str, ...]:
        """What the network tells apart, by name."""
        return class_names(self.info.classes)

    @property
    def names(self) -> tuple[str, str]:
        """Of the two classes that are held against each other; "" where there are none."""
        if self.contrast is None:
            return "", ""
        return self.classes[self.contrast[0]], self.classes[self.contrast[1]]


class AskingPanel(ToolPanel, Generic[ResultT]):
    """A tool's panel that asks one question after another, and shows the newest answer.

    A subclass says what makes two questions the same (_key), asks (_ask) and shows (_took). What
    stands in the way is a sentence where the result would stand.

    Attributes:
        result: the newest answer, or None. subject: what it is about.
        trouble: why there is none, as a sentence; "" where there is one, or none is due yet.

    Signals:
        answered: there is a new answer, or trouble.
    """

    answered = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Not open yet."""
        super().__init__(session, parent)
        self.result: ResultT | None = None
        self.trouble = ""
        self._subject: Subject | None = None
        self._asked_about: Subject | None = None
        self._is_open = False
        self._told_status = ""
        self._asked: Hashable = None
        self._shown: Hashable = None

    # What a subclass gives.

    @abstractmethod
    def _key(self) -> Hashable:
        """What a question depends on: of equal keys the first answer is good enough."""

    @abstractmethod
    def _ask(
        self,
        subject: Subject,
        answered: Callable[[ResultT], None],
        refused: Callable[[str], None],
    ) -> str | None:
        """Ask about a subject; or say, as a sentence, why nothing can be asked."""

    @abstractmethod
    def _took(self, result: ResultT) -> str:
        """Take an answer, once it is self.result; returns the sentence that stands in its place
        where it is none."""

    @property
    @abstractmethod
    def text(self) -> str:
        """All that the panel says, in sentences; for screen readers."""

    def _lost(self) -> None:
        """The answer shown is not that of what is on the pad any more."""

    # Open and closed.

    def begin(self) -> None:
        """Ask about what is on the pad, now and whenever it is another."""
        if self._is_open:
            return
        self._is_open = True
        session = self.session
        session.pad.ink_changed.connect(self._look)
        session.answer_changed.connect(self._look)
        session.second_answer_changed.connect(self._look)
        session.network_changed.connect(self._ask_anew)
        session.state_changed.connect(self._look)
        session.reader_changed.connect(self._look)
        self._asked = self._shown = None
        self._look()

    def end(self) -> None:
        """Ask no more; an answer that comes yet is not taken."""
        if not self._is_open:
            return
        self._is_open = False
        session = self.session
        session.pad.ink_changed.disconnect(self._look)
        session.answer_changed.disconnect(self._look)
        session.second_answer_changed.disconnect(self._look)
        session.network_changed.disconnect(self._ask_anew)
        session.state_changed.disconnect(self._look)
        session.reader_changed.disconnect(self._look)
        session.overlay.clear()
        self._asked = self._shown = None

    @property
    def subject(self) -> Subject:
        """What the newest answer is about; there is one."""
        assert self._subject is not None
        return self._subject

    @property
    def is_current(self) -> bool:
        """Whether what is shown is of what is on the pad."""
        return self._shown is not None and self._shown == self._key()

    @property
    def is_waiting(self) -> bool:
        """Whether what it is asked for is not there yet."""
        return self._is_open and not self.is_current and not self.trouble

    @property
    def status(self) -> str:
        """That an answer is being computed, or waits for the pen; "" where it is there."""
        if self.is_current or self.trouble or not self._is_open:
            return ""
        if self._asked is not None and self._asked == self._key():
            if self.session.awaited:
                return _("PyTorch is being loaded for this: a few seconds, once")
            return _(words.COMPUTING)
        return "" if self.session.pad.is_empty else _(words.WAITS_FOR_PEN)

    @property
    def role(self) -> str:
        """Which network is asked, as the recogniser's process tells them apart."""
        return SECOND if self.session.contrast.row is Row.LOWER else NETWORK

    @property
    def network_names(self) -> tuple[str, ...]:
        """The network that is asked, beside the title, where another one reads too."""
        info = self.session.contrast.info
        return () if info is None or self.session.mode is not Mode.SECOND else (_(info.title),)

    # Asking.

    def _look(self) -> None:
        """Ask where there is something new to ask; take away what is of another drawing."""
        session = self.session
        key = self._key()
        if self._shown is not None and self._shown != key:
            self._shown = None
            self._lost()
            self.update()
        if session.pad.is_empty and session.pad.replayed is None:
            self._stay(_(words.NOTHING_YET))
        elif session.state is RecognizerState.FAILED:
            self._stay(_(words.NO_RECOGNISER))
        elif session.state is not RecognizerState.READY or session.info is None:
            self._stay(_(words.LOADING))
        elif len((session.contrast.info or session.info).classes) < 2:
            self._stay(_(words.ONE_CLASS))
        elif key != self._asked and self._may_ask():
            self._asked = key
            self.trouble = ""
            subject = self._asked_about = Subject.of(session)
            why_not = self._ask(
                subject,
                lambda result: self._take(key, result),
                lambda why: self._refuse(key, why),
            )
            if why_not is not None:
                self._say(key, why_not)
            self.update()
        if self.status != self._told_status:
            # Not with every move of the pen.
            self._told_status = self.status
            self.update()

    def _ask_anew(self) -> None:
        """Another network reads: all is to be asked again."""
        self._asked = self._shown = None
        self._lost()
        self._look()

    def _may_ask(self) -> bool:
        session = self.session
        is_read = session.contrast.recognition is not None and not session.is_reading_due
        return is_read and session.is_resting

    def _stay(self, why: str) -> None:
        """Nothing can be asked for now."""
        if self.trouble != why or self.result is not None:
            self._asked = self._shown = None
            self.result, self.trouble = None, why
            self._lost()
            self.setAccessibleDescription(self.text)
            self.update()
            self.answered.emit()

    def _take(self, key: Hashable, result: ResultT) -> None:
        if not self._is_open or key != self._asked:
            return
        self.result, self.trouble, self._shown = result, "", key
        self._subject = self._asked_about
        trouble = self._took(result)
        if trouble:
            self._say(key, trouble)
            return
        if key != self._key():
            self._shown = None
            self._lost()
        self.setAccessibleDescription(self.text)
        self.update()
        self.answered.emit()

    def _refuse(self, key: Hashable, why: str) -> None:
        if self._is_open and key == self._asked:
            self._say(key, _(words.REFUSED).format(why=why.rstrip(".")))

    def _say(self, key: Hashable, trouble: str) -> None:
        self.result, self.trouble = None, trouble
        self._shown = key
        self._lost()
        self.setAccessibleDescription(self.text)
        self.update()
        self.answered.emit()

    # Painting.

    def paint_heading(
        self,
        painter: QPainter,
        title: str,
        details: Sequence[str] = (),
        width: float | None = None,
        hint: str = "",
    ) -> None:
        """Write the title line: the title, the first of some details that fits, and at its end
        that an answer is under way, or else a hint, where there is room for it."""
        status, room = self.status, self.width() if width is None else width
        end = self.paint_title(painter, title, "" if status else details, room)
        text = status or hint
        painter.setFont(self.sized_font(11))
        if not text or painter.fontMetrics().horizontalAdvance(text) > room - end - 8 * self.unit:
            return
        painter.setPen(QColor(self.theme.accent if status else self.theme.quiet))
        painter.drawText(QRectF(0, 0, room, self.title_height), RIGHT, text)

    def paint_middle(self, painter: QPainter, box: QRectF, text: str) -> None:
        """Say in the middle of a box what stands where the result would."""
        painter.setPen(QColor(self.theme.quiet))
        painter.setFont(self.sized_font(13))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, text)

    def paint_text(
        self,
        painter: QPainter,
        box: QRectF,
        text: str,
        pixels: float,
        colour: str,
        bold: bool = False,
    ) -> float:
        """Write a text into a box, broken into lines; returns where it ends, or the box's top
        where it does not fit, and is left out."""
        painter.setFont(self.sized_font(pixels, bold))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        needed = painter.fontMetrics().boundingRect(
            0, 0, int(box.width()), 10_000, int(flags), text
        )
        if needed.height() > box.height() + 1:
            return box.top()
        painter.setPen(QColor(colour))
        painter.drawText(box, flags, text)
        return box.top() + needed.height()
