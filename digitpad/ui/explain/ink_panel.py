"""Which ink speaks for the answer, and which against it."""

from __future__ import annotations

from collections.abc import Callable, Hashable

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from digitpad.core.languages import _
from digitpad.core.texts import doubt_text, in_sentences
from digitpad.engine.explanations import WHY
from digitpad.explain.likeness import likeness
from digitpad.explain.questions import WhyQuestion
from digitpad.explain.results import Attribution
from digitpad.ui.explain import why_words as words
from digitpad.ui.explain.asking_panel import AskingPanel, Subject
from digitpad.ui.explain.field_picture import paint_field
from digitpad.ui.explain.lead_bar import LeadPart, paint_lead_bar
from digitpad.ui.explain.likeness_words import TITLE as REJECTED_TITLE
from digitpad.ui.explain.likeness_words import likeness_text
from digitpad.ui.explain.why_words import WhyMode
from digitpad.ui.pad.tint import FieldTint, Floats, range_end
from digitpad.ui.shell.session import Session

_SAME = 1e-3
# Which forms are taken of what the picture shows, what it does not, and whether its parts add up.
_SHORTER = ((0, 0, 0), (1, 0, 0), (1, 1, 0), (1, 1, 1), (1, 1, 2), (1, 2, 1), (1, 2, 2))
_SIZES, _BETWEEN = (12.5, 12.0), 3
_LEAST_FOR_PICTURE = 430
"""Narrower panels leave the picture to the input and the pad."""


class InkPanel(AskingPanel[Attribution]):
    """By how much the top class leads another, what that is made of, and a picture of it.

    Attributes:
        mode: what is pictured: INK, MISSING or RANDOM.
        foot: what is left free beneath the words, in pixels.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Not open yet; the ink is pictured."""
        super().__init__(session, parent)
        self.mode = WhyMode.INK
        self.foot = 0.0
        self._likeness = ""
        self._outputs: tuple[float, float] | None = None
        self.setAccessibleName(_(words.WHY_TITLE_ALONE))

    def choose(self, mode: WhyMode) -> None:
        """Picture something else of the same question."""
        self.mode = mode
        self._look()
        self._lay_over()
        self.setAccessibleDescription(self.text)
        self.update()

    def begin(self) -> None:
        """Ask why, and whenever another class is asked for."""
        if not self._is_open:
            self.session.contrast.changed.connect(self._look)
        super().begin()

    def end(self) -> None:
        """Ask no more."""
        if self._is_open:
            self.session.contrast.changed.disconnect(self._look)
        super().end()

    # Asking.

    def _key(self) -> Hashable:
        contrast = self.session.contrast.classes
        return self.session.pad.version, contrast, self.role, self.mode is WhyMode.RANDOM

    def _ask(
        self,
        subject: Subject,
        answered: Callable[[Attribution], None],
        refused: Callable[[str], None],
    ) -> str | None:
        if subject.contrast is None:
            return _(words.NOT_FINITE)
        is_random = self.mode is WhyMode.RANDOM
        question = WhyQuestion(subject.digit, *subject.contrast, is_random=is_random)
        self.session.client.explanations.ask(WHY, question, answered, refused, self.role)
        return None

    def _took(self, result: Attribution) -> str:
        if result.reason is not None:
            return words.no_reason_text(result.reason)
        if not np.isfinite([result.margin, result.ink_part, result.paper_part]).all():
            return _(words.NOT_FINITE)
        subject = self.subject
        self._outputs = self._outputs_now(result)
        self._likeness = ""
        if subject.rejected is not None:
            found = likeness(subject.rejected, subject.digit, self.session.pad.ink, subject.info)
            self._likeness = likeness_text(found, subject.classes)
        self._lay_over()
        return ""

    def _lost(self) -> None:
        self.session.overlay.clear()

    @property
    def _values(self) -> Floats:
        assert self.result is not None
        if self.mode is WhyMode.MISSING:
            # Where ink is already, none is missing.
            found: Floats = self.result.missing * (1 - self.subject.digit)
            return found
        return self.result.ink

    def _tint(self) -> FieldTint:
        values = self._values
        return FieldTint(
            values,
            range_end(values),
            self.subject.frame,
            colours_paper=self.mode is WhyMode.MISSING,
        )

    def _lay_over(self) -> None:
        """Colour the pad and the input."""
        if self._is_open and self.is_current and not self.trouble:
            tint = self._tint()
            self.session.overlay.show(tint, tint)

    # What it says.

    def title(self) -> str:
        """What is asked."""
        if self.result is None:
            return _(words.WHY_TITLE_ALONE)
        if self._likeness:
            return _(REJECTED_TITLE).format(
                doubt=doubt_text(self.subject.data_set.noun),
                first=self.subject.names[0],
                second=self.subject.names[1],
            )
        return _(words.WHY_TITLE).format(first=self.subject.names[0], second=self.subject.names[1])

    @property
    def text(self) -> str:
        """All that the panel says, in sentences; for screen readers."""
        if self.result is None:
            return self.trouble
        told = [self._likeness, self._lead(), *(forms[0] for forms in self._sentences())]
        return in_sentences(told)

    def _lead(self) -> str:
        assert self.result is not None
        return words.lead_text(
            self.result, self.subject.names, self.subject.info.gives_distances, self._logits
        )

    @property
    def _logits(self) -> tuple[float, float] | None:
        """Of both classes, as they stand beside the last layer's squares, where the margin is
        theirs: not of shuffled weights."""
        return self._outputs

    def _outputs_now(self, result: Attribution) -> tuple[float, float] | None:
        # By now the digit that was asked about has been read: drawings go first.
        recognition = self.session.contrast.recognition
        if recognition is None or result.is_random:
            return None
        one, other = (float(recognition.logits[at]) for at in (result.first, result.second))
        is_same = abs(one - other - result.margin) <= _SAME * max(1.0, abs(result.margin))
        return (one, other) if is_same else None

    def _sentences(self) -> list[list[str]]:
        """What the picture shows, what it does not, and whether the parts add up: each from its
        longest form to its shortest, which may be left out where it is empty."""
        assert self.result is not None
        texts = [words.shows_texts(self.mode, self.subject.names), words.limits_texts(self.mode)]
        completeness = words.completeness_texts(
            self.result, self._logits, self.subject.info.gives_distances
        )
        return [*texts, completeness] if self.result.adds_up else [completeness, *texts]

    # Painting.

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the lead, its parts as a bar, the sentences and the picture."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_heading(
            painter, self.title(), self.network_names, self.width(), _(words.CHOOSE_HINT)
        )
        foot = self.height() - self.foot
        if self.trouble or self.result is None:
            box = QRectF(0, self.title_height, self.width(), foot - self.title_height)
            self.paint_middle(painter, box, self.trouble or self.status)
            return
        top = self.title_height + 2 * self.unit
        self._paint_picture(painter, top)
        self._paint_words(painter, QRectF(0, top, self.column, foot - top))

    def _side(self) -> float:
        """The room of the picture at the right; 0 where there is none."""
        if self.width() < _LEAST_FOR_PICTURE * self.unit:
            return 0.0
        height = self.height() - self.title_height - 18 * self.unit
        return max(0.0, min(height, 0.36 * self.width()))

    @property
    def column(self) -> float:
        """How wide the words are, and the buttons beneath them."""
        side = self._side()
        return self.width() - side - 16 * self.unit if side else self.width()

    def _paint_picture(self, painter: QPainter, top: float) -> None:
        side = self._side()
        if not side:
            return
        box = QRectF(self.width() - side, top, side, side)
        place = paint_field(painter, self, box, self.subject.digit, self._tint().in_field)
        end = _(words.RANGE).format(end=words.range_text(range_end(self._values)))
        below = QRectF(place.x(), place.bottom() + 2, side, 16 * self.unit)
        self.paint_text(painter, below, end, 10.5, self.theme.quiet)

    def _paint_words(self, painter: QPainter, room: QRectF) -> None:
        assert self.result is not None
        unit, theme = self.unit, self.theme
        if self._likeness:
            end = self.paint_text(painter, room, self._likeness, 13.5, theme.text)
            room.setTop(end + 4 * unit if end > room.top() else end)
        end = self.paint_text(painter, room, self._lead(), 13.5, theme.text)
        bar = QRectF(room.x(), end + 6 * unit, room.width(), 36 * unit)
        paint_lead_bar(painter, self, bar, self._parts())
        room.setTop(bar.bottom() + 5 * unit)
        is_warned = not self.result.adds_up
        for number, text in enumerate(self._fitting(room)):
            is_first = number == 0
            colour = theme.warning if is_first and is_warned else theme.text
            end = self.paint_text(
                painter, room, text, _SIZES[not is_first], colour if is_first else theme.quiet
            )
            room.setTop(end + _BETWEEN * unit if end > room.top() else end)

    def _fitting(self, room: QRectF) -> list[str]:
        """The sentences, as long as all of them fit into a room: shortened in turns, and what the
        picture does not show left out last."""
        forms = self._sentences()
        is_first = self.result is not None and not self.result.adds_up
        told: list[str] = []
        for shows, limits, adds_up in _SHORTER:
            taken = (adds_up, shows, limits) if is_first else (shows, limits, adds_up)
            told = [some[min(at, len(some) - 1)] for some, at in zip(forms, taken, strict=True)]
            if self._height_of(told, room) <= room.height():
                break
        return [text for text in told if text]

    def _height_of(self, texts: list[str], room: QRectF) -> float:
        """How high sentences are, one beneath the other."""
        needed = 0.0
        for number, text in enumerate(text for text in texts if text):
            metrics = QFontMetrics(self.sized_font(_SIZES[number > 0]))
            flags = int(Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap)
            height = metrics.boundingRect(0, 0, int(room.width()), 10_000, flags, text).height()
            needed += height + _BETWEEN * self.unit
        return needed

    def _parts(self) -> list[LeadPart]:
        assert self.result is not None
        parts = words.lead_parts(self.result, self._logits)
        names = {"first": self.subject.names[0], "second": self.subject.names[1]}
        forms = zip(
            (words.BAR_FOR, words.BAR_AGAINST, words.BAR_PAPER), words.BAR_SHORT, strict=True
        )
        each = [tuple(_(form).format(**names) for form in some) for some in forms]
        theme = self.theme
        return [
            LeadPart(parts.ink_for, parts.told(parts.ink_for), each[0], theme.positive),
            LeadPart(
                parts.ink_against, parts.told(parts.ink_against), each[1], theme.negative, True
            ),
            LeadPart(parts.paper, parts.told(parts.paper), each[2], theme.quiet),
        ]
