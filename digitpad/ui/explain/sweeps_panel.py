"""What the answer holds out against: rotation, pen width, shear, shift and size."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from digitpad.core.languages import _
from digitpad.core.texts import in_sentences
from digitpad.engine.explanations import SWEEPS
from digitpad.explain.questions import SweepQuestion
from digitpad.explain.results import Sweep, SweepKind
from digitpad.explain.sweeps import digits_of
from digitpad.ui.explain import sweep_words as words
from digitpad.ui.explain import why_words
from digitpad.ui.explain.asking_panel import AskingPanel, Subject
from digitpad.ui.explain.sweep_chart import SweepChart, common_range
from digitpad.ui.shell.session import Session
from digitpad.ui.style.theme import Theme

_COLUMNS = 3
_LINE, _GAP = 18, 12


class SweepsPanel(AskingPanel[tuple[Sweep, ...]]):
    """A chart for each change of the drawing.

    Attributes:
        charts: by what they change.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Not open yet."""
        super().__init__(session, parent)
        self.charts = {kind: SweepChart(kind, self) for kind in SweepKind}
        for chart in self.charts.values():
            chart.pointed_at.connect(lambda chart=chart: self._describe(chart))
        self._told = ""
        self.setAccessibleName(_(words.TITLE))
        self._show_charts()

    # Asking.

    def _key(self) -> Hashable:
        return self.session.pad.version

    def _ask(
        self,
        subject: Subject,
        answered: Callable[[tuple[Sweep, ...]], None],
        refused: Callable[[str], None],
    ) -> str | None:
        if subject.contrast is None:
            return _(why_words.NOT_FINITE)
        question = SweepQuestion(subject.marks)
        self.session.client.explanations.ask(SWEEPS, question, answered, refused)
        return None

    @property
    def _class(self) -> int:
        """The answer, whose lead is shown."""
        return self.subject.contrast[0] if self.subject.contrast is not None else 0

    def _took(self, result: tuple[Sweep, ...]) -> str:
        reasons = [sweep.reason for sweep in result]
        first = reasons[0] if reasons else None
        if first is not None and all(reason is first for reason in reasons):
            return why_words.no_reason_text(first)
        ends = common_range(result, self._class)
        for sweep in result:
            self.charts[sweep.kind].show_sweep(sweep, self._class, self.subject.classes, ends)
        self._show_charts()
        return ""

    def _lost(self) -> None:
        self._told = ""
        self._show_charts()

    def _show_charts(self) -> None:
        has_charts = self.result is not None and not self.trouble
        for chart in self.charts.values():
            chart.setVisible(has_charts)

    def _describe(self, chart: SweepChart) -> None:
        """Say what the drawing is read as at the value pointed at, and show what it looks like."""
        sweep = chart.sweep
        if chart.current < 0 or sweep is None or self.result is None:
            self._told = ""
        else:
            number = chart.current
            self._told = words.point_text(sweep, number, self.subject.classes)
            question = SweepQuestion(self.subject.marks, (chart.kind,))
            made = digits_of(question, number, number + 1, self.subject.data_set.fills_field)
            chart.show_picture(made.digits[0])
        self.update()

    # What it says.

    @property
    def told(self) -> str:
        """What is said of the value pointed at; "" where none is."""
        return self._told

    @property
    def text(self) -> str:
        """All that the panel says, in sentences; for screen readers."""
        if self.result is None:
            return self.trouble
        told = [
            text for sweep in self.result for text in words.sweep_texts(sweep, self.subject.classes)
        ]
        return in_sentences([*told, _(words.FLAT[0])])

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the title, and a line under the charts, which paint themselves."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.trouble or self.result is None:
            self.paint_heading(painter, _(words.TITLE))
            self.paint_middle(painter, QRectF(self.rect()), self.trouble or self.status)
            return
        hints = [_(hint).format(first=self.subject.classes[self._class]) for hint in words.HINTS]
        self.paint_heading(painter, _(words.TITLE), hints)
        height = _LINE * self.unit
        line = QRectF(0, self.height() - height, self.width(), height)
        if self._told:
            self.paint_longest(painter, line, [self._told], 12.5)
        else:
            self.paint_longest(painter, line, tuple(map(_, words.FLAT)), 11.5)

    # Places.

    def set_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        super().set_theme(theme)
        for chart in self.charts.values():
            chart.set_theme(theme)

    def set_unit(self, unit: float) -> None:
        """Take a size of texts and gaps."""
        super().set_unit(unit)
        for chart in self.charts.values():
            chart.set_unit(unit)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the charts into their places."""
        self._arrange()
        super().resizeEvent(event)

    def _arrange(self) -> None:
        """In rows of three, what is changed on the pad above, what is changed in the field
        below."""
        unit = self.unit
        top = self.title_height + 2 * unit
        rows = -(-len(self.charts) // _COLUMNS)
        gap = _GAP * unit
        width = (self.width() - gap * (_COLUMNS - 1)) / _COLUMNS
        height = (self.height() - top - _LINE * unit - gap / 3 * (rows - 1)) / rows
        for number, chart in enumerate(self.charts.values()):
            row, column = divmod(number, _COLUMNS)
            chart.setGeometry(
                QRect(
                    round(column * (width + gap)),
                    round(top + row * (height + gap / 3)),
                    round(width),
                    round(height),
                )
            )
