"""The answer, large, and beneath it what the network gives each class."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QAction, QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from digitpad.core.columns import columns_of
from digitpad.core.languages import _
from digitpad.core.texts import percent
from digitpad.ui.answer.answer_bars import TOLD_APART as TOLD_APART
from digitpad.ui.answer.answer_bars import bars_of
from digitpad.ui.answer.answer_layout import CAPTION, AnswerLayout, lie_in
from digitpad.ui.answer.answer_words import ABSENT, RIGHT_FORMS, WRONG_FORMS
from digitpad.ui.answer.bars import Bar, paint_bars
from digitpad.ui.answer.class_choice import ClassChoice
from digitpad.ui.answer.digit_choice import DigitChoice
from digitpad.ui.answer.label_row import LabelRow
from digitpad.ui.answer.panel_state import PanelState as PanelState
from digitpad.ui.answer.reading import Reading
from digitpad.ui.answer.verbs import Verbs
from digitpad.ui.style.panel import LEFT, RIGHT, Panel
from digitpad.ui.style.theme import Theme

_CENTRE = Qt.AlignmentFlag.AlignCenter


class AnswerPanel(Panel):
    """A card with the answer, how sure it is, the runner-up, and a bar for each class.

    Attributes:
        state: what it has to say.
        digit_choice: offers to read one of several digits alone.
        verbs: the buttons under the answer.
        class_choice: asks why it is not a class, by its bar. label_row: over the bars, asks what
            the drawing really is, while it is shown.
    """

    def __init__(
        self, parent: QWidget | None = None, verbs: Mapping[str, QAction] | None = None
    ) -> None:
        """An empty pad's panel. verbs: the actions of the buttons under the answer, by their names;
        a panel that is too low for them hides them. Without any, no class can be asked for."""
        super().__init__(parent)
        self.state = PanelState.IDLE
        self._reading = Reading(None, np.zeros(0))
        self._other: np.ndarray | None = None
        self.digit_choice = DigitChoice(self)
        self.verbs = Verbs(verbs or {}, self)
        self.class_choice = ClassChoice(self, lambda row: self.bars()[row].number)
        self.label_row = LabelRow(self)
        self._asks, self._keeps_verbs = verbs is not None, False
        self.setAccessibleName(_("Answer"))

    def show_reading(
        self,
        reading: Reading,
        absent: PanelState = PanelState.IDLE,
        other: np.ndarray | None = None,
    ) -> None:
        """Show a reading.

        absent: what to say where it has no answer. other: what another network says of the same
        classes, float32 (classes,), to be marked on the bars; empty where it has said nothing yet;
        None where there is no other one.
        """
        self._reading, self._other = reading, other
        if reading.recognition is None:
            self.state = absent
        else:
            self.state = PanelState.REJECTED if reading.is_rejected else PanelState.ANSWERING
            if reading.several:
                self.state = PanelState.SEVERAL
        self.digit_choice.offer(reading.several_names if self.state is PanelState.SEVERAL else ())
        answer = reading.recognition.answer if reading.recognition is not None else -1
        self.class_choice.offer(reading.classes if self._asks and answer >= 0 else (), answer)
        self.setAccessibleDescription(self.answer_text())
        self.update()

    @property
    def reading(self) -> Reading:
        """What is shown."""
        return self._reading

    def answer_text(self) -> str:
        """What the panel says, in words: for screen readers, tests and the clipboard."""
        recognition = self._reading.recognition
        if recognition is None:
            return _(ABSENT[self.state][0])
        share = percent(float(recognition.probabilities[recognition.answer]))
        text = _("{name}, {share}").format(name=self._reading.answer, share=share)
        if runner_up := self._runner_up():
            text = _("{answer}; then {runner_up}").format(answer=text, runner_up=runner_up)
        if self.state is PanelState.REJECTED:
            text = _("{doubt} {why} ({text})").format(
                doubt=self._reading.doubt, why=self._reading.why, text=text
            )
        elif self.state is PanelState.SEVERAL:
            text = _("{several} (read as one: {text})").format(
                several=self._reading.several_told, text=text
            )
        verdicts = self._verdicts()
        return _("{first}. {second}").format(first=text, second=verdicts[0]) if verdicts else text

    def _runner_up(self) -> str:
        """The class after the answer and its share; "" where that rounds to nothing."""
        recognition = self._reading.recognition
        if recognition is None or len(recognition.ranking) < 2:
            return ""
        second = recognition.ranking[1]
        share = percent(float(recognition.probabilities[second]))
        if share == percent(0.0):
            return ""
        return _("{name}, {share}").format(name=self._reading.classes[second], share=share)

    def _verdicts(self) -> list[str]:
        """What is said of the answer where the label is known, from the longest form to the
        shortest."""
        label, is_right = self._reading.label, self._reading.is_right
        if label is None or is_right is None:
            return []
        forms = RIGHT_FORMS if is_right else WRONG_FORMS
        return [_(form).format(name=_(label.name)) for form in forms]

    @property
    def headline(self) -> str:
        """What the panel says largest: the answer, "Not a digit?", or nothing."""
        if self.state is PanelState.SEVERAL:
            return "".join(self._reading.several_names)
        if self.state is PanelState.REJECTED:
            return self._reading.doubt
        return self._reading.answer

    # Painting.

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card: the answer above, the bars beneath."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self.theme.line), 1))
        painter.setBrush(QColor(self.theme.paper))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 12, 12)
        layout, caption = self._layout(), CAPTION * self.unit
        self._paint_answer(painter, layout.head, layout.is_compact)
        bars = layout.bars
        self._paint_caption(painter, QRectF(bars.x(), bars.y() - caption, bars.width(), caption))
        paint_bars(painter, self, bars, self.bars(), self._widest_number())

    def keep_verbs(self, keeps: bool) -> None:
        """Have the verbs on a low card too, at the cost of the answer's size."""
        if keeps != self._keeps_verbs:
            self._keeps_verbs = keeps
            self._place_buttons()
            self.update()

    def _layout(self) -> AnswerLayout:
        verbs = self.verbs.height_for if self.verbs.buttons else lambda _width: 0
        return lie_in(QRectF(self.rect()), self.unit, verbs, self._keeps_verbs)

    def _place_buttons(self) -> None:
        """The buttons of several digits at the foot of the answer, the verbs beneath it, and what
        takes clicks over the bars."""
        self.verbs.set_unit(self.unit)
        layout = self._layout()
        self.class_choice.lie_over(layout.bars, self.unit)
        head, height = layout.head, round(25 * self.unit)
        self.digit_choice.set_unit(self.unit)
        self.digit_choice.setGeometry(
            round(head.x()), round(head.bottom()) - height, round(head.width()), height
        )
        verbs = layout.verbs
        self.verbs.setVisible(verbs.height() > 0)
        self.verbs.setGeometry(
            round(verbs.x()), round(verbs.y()), round(verbs.width()), round(verbs.height())
        )
        # Under the verbs, so that what was asked stays in view.
        below = layout.bars.toAlignedRect().adjusted(0, -round(CAPTION * self.unit), 0, 0)
        self.label_row.set_unit(self.unit)
        self.label_row.setGeometry(below)

    def set_unit(self, unit: float) -> None:
        """Take a size of texts and gaps."""
        super().set_unit(unit)
        self._place_buttons()

    def set_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        super().set_theme(theme)
        self.digit_choice.set_theme(theme)
        self.label_row.set_theme(theme)
        self.class_choice.set_theme(theme)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons into their places."""
        self._place_buttons()
        super().resizeEvent(event)

    def _paint_answer(self, painter: QPainter, box: QRectF, is_compact: bool) -> None:
        if self._reading.recognition is None:
            self._paint_absence(painter, box)
        elif self.state is PanelState.REJECTED:
            self._paint_rejection(painter, box, is_compact)
        elif self.state is PanelState.SEVERAL:
            self._paint_several(painter, box)
        elif is_compact:
            # The answer at the left, what is said of it at its right.
            glyph = QRectF(box.x(), box.y(), 0.46 * box.width(), box.height())
            self._paint_glyph(painter, glyph, self.headline)
            beside = box.adjusted(glyph.width() + 4 * self.unit, 0, 0, 0)
            half = beside.height() / 2
            self._paint_words(
                painter, beside.adjusted(0, 8, 0, -half), beside.adjusted(0, half, 0, -8), LEFT
            )
        else:
            line = 24 * self.unit
            glyph = box.adjusted(0, 0, 0, -2 * line)
            self._paint_glyph(painter, glyph, self.headline)
            first = QRectF(box.x(), glyph.bottom(), box.width(), line)
            self._paint_words(painter, first, first.translated(0, 0.92 * line), _CENTRE)

    def _paint_absence(self, painter: QPainter, box: QRectF) -> None:
        painter.setPen(QColor(self.theme.quiet))
        text = _(ABSENT[self.state][1])
        painter.setFont(self.wrapping_font(text, box, 14))
        painter.drawText(box, _CENTRE | Qt.TextFlag.TextWordWrap, text)

    def _paint_rejection(self, painter: QPainter, box: QRectF, is_compact: bool) -> None:
        title = 34 * self.unit if not is_compact else 24 * self.unit
        above = 0.0 if is_compact else max(0.0, 0.4 * box.height() - title)
        painter.setPen(QColor(self.theme.quiet))
        painter.setFont(
            self.fitting_font(self.headline, box.width(), 17 if is_compact else 24, bold=True)
        )
        painter.drawText(
            QRectF(box.x(), box.y() + above, box.width(), title), _CENTRE, self.headline
        )
        painter.setFont(self.sized_font(11.5 if is_compact else 13))
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        painter.drawText(box.adjusted(0, above + title, 0, 0), flags, self._reading.why)

    def _paint_several(self, painter: QPainter, box: QRectF) -> None:
        """The number that the digits make, and that there are several, over their buttons."""
        line = 24 * self.unit
        glyph = box.adjusted(0, 0, 0, -2.2 * line)
        self._paint_glyph(painter, glyph, self.headline)
        text = self._reading.several_told
        painter.setFont(self.fitting_font(text, box.width(), 14))
        painter.drawText(QRectF(box.x(), glyph.bottom(), box.width(), line), _CENTRE, text)

    def _paint_glyph(self, painter: QPainter, box: QRectF, name: str) -> None:
        """The answer as large as the box allows, a long name of two words on two lines."""
        words = name.split(" ") if len(name) > 8 and " " in name else [name]
        lines = [words[0], " ".join(words[1:])] if len(words) > 1 else [name]
        largest = (
            min(
                box.height() * (0.98 if columns_of(name) == 1 else 0.62) / len(lines),
                190 * self.unit,
            )
            / self.unit
        )
        longest = max(lines, key=len)
        painter.setFont(self.fitting_font(longest, box.width() - 4 * self.unit, largest, bold=True))
        painter.setPen(QColor(self.theme.text))
        painter.drawText(box, _CENTRE, "\n".join(lines))

    def _paint_words(
        self,
        painter: QPainter,
        first_line: QRectF,
        second_line: QRectF,
        flags: Qt.AlignmentFlag,
    ) -> None:
        """How sure the answer is, and beneath it the runner-up or the real class."""
        recognition = self._reading.recognition
        assert recognition is not None
        painter.setPen(QColor(self.theme.text))
        share = percent(float(recognition.probabilities[recognition.answer]))
        painter.setFont(self.fitting_font(share, first_line.width(), 17))
        painter.drawText(first_line, flags, share)
        is_wrong = self._reading.is_right is False
        painter.setPen(QColor(self.theme.warning if is_wrong else self.theme.quiet))
        runner_up = self._runner_up()
        texts = self._verdicts() or [
            _("then {runner_up}").format(runner_up=runner_up) if runner_up else "",
            runner_up,
        ]
        painter.setFont(self.sized_font(12.5))
        width = painter.fontMetrics().horizontalAdvance
        text = next((each for each in texts if width(each) <= second_line.width()), texts[-1])
        painter.setFont(self.fitting_font(text, second_line.width(), 12.5))
        painter.drawText(second_line, flags, text)

    def _paint_caption(self, painter: QPainter, box: QRectF) -> None:
        """What the bars show."""
        painter.setPen(QColor(self.theme.quiet))
        tells = self._reading.gives_distances and not self._shows_distances
        numbers = _("distance") if tells else ""
        painter.setFont(self.fitting_font(f"{self.caption}  {numbers}".rstrip(), box.width(), 11))
        painter.drawText(box, LEFT, self.caption)
        width = painter.fontMetrics().horizontalAdvance
        if width(self.caption) + width(numbers) < box.width():
            painter.drawText(box, RIGHT, numbers)

    def _widest_number(self) -> str:
        return "88.88" if self._reading.gives_distances else "> 99.9 %"

    @property
    def _shows_distances(self) -> bool:
        """Whether the bars are distances; beside another network's they are probabilities, and
        the numbers tell the distances."""
        return self._reading.gives_distances and self._other is None

    @property
    def caption(self) -> str:
        """What the bars show, in words."""
        if self._shows_distances:
            return _("Distance to each code: smallest wins")
        if self._other is not None:
            return _("Probability  ┃ the other's")
        if self.state is PanelState.SEVERAL:
            return _("Probability, read as one")
        return _("Probability")

    def bars(self) -> list[Bar]:
        """The bars as they are shown, one for each class."""
        is_answer = self.state is PanelState.ANSWERING
        return bars_of(self._reading, self._other, self._shows_distances, is_answer)
