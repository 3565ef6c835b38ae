"""Two readings, one above the other: of one drawing by two networks, or of two drawings."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, QRect, Signal
from PySide6.QtWidgets import QWidget

from digitpad.core.languages import _
from digitpad.ui.answer.answer_panel import TOLD_APART, AnswerPanel
from digitpad.ui.answer.compare_rows import DifferenceLine, Heading, PinnedDigit
from digitpad.ui.answer.difference import difference_in_words, disagree, pinned_in_words
from digitpad.ui.explain.hint_line import HintLine
from digitpad.ui.explain.tools import WHY_TOOL
from digitpad.ui.network.entry_mark import EntryMark
from digitpad.ui.network.network_view import NetworkView
from digitpad.ui.shell.hints import COMPARE
from digitpad.ui.shell.network_words import heading_words
from digitpad.ui.shell.selecting import connect_view
from digitpad.ui.shell.session import Session
from digitpad.ui.shell.shares import shares_beside
from digitpad.ui.shell.states import Mode, Row
from digitpad.ui.style.theme import Theme

_HEADING, _WORDS, _GAP = 24, 30, 6
_LEAST_ROWS = 480
"""Two rows need so many units, one above the other."""
_BESIDE_PINNED = 10


class Comparison(QObject):
    """The lower row, the headings, and the line between the rows that says what differs.

    The upper row is the window's own network view and answer panel, which stay the window's.

    Attributes:
        upper_heading: over the window's own network.
        heading, view, entry, answer: the lower row; pinned_digit: what is read there, where it is
            another drawing than the one on the pad.
        words: the line between the rows; hint: what to try first, beneath it.
        stands_aside: whether the upper row is shown alone.

    Signals:
        network_wanted (QWidget): another network shall be chosen for the upper row, beside this
            heading.
        second_wanted (): another second network shall be chosen.
    """

    network_wanted = Signal(object)
    second_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget) -> None:
        """parent: the widget in which the rows lie."""
        super().__init__(parent)
        self._session = session
        self.stands_aside = False
        self.upper_heading, self.heading = Heading(parent), Heading(parent)
        self.upper_heading.make_clickable(_("Another network in place of this one"))
        self.upper_heading.opened.connect(lambda: self.network_wanted.emit(self.upper_heading))
        self.heading.opened.connect(self.second_wanted)
        self.words, self.hint = DifferenceLine(parent), HintLine(session, parent)
        self.view, self.answer = NetworkView(parent), AnswerPanel(parent, {})
        # Digits are taken of what is on the pad, which the upper row reads.
        self.answer.digit_choice.is_closed = True
        self.pinned_digit = PinnedDigit(parent)
        self.entry = EntryMark(self.view, parent)
        self.answer.setAccessibleName(_("Answer of the other"))
        self.answer.class_choice.class_asked.connect(self._ask_why)
        for part in (self.view, self.answer):
            part.hide()
        connect_view(self.view, session.selection, Row.LOWER)
        session.network_changed.connect(self._show_upper_network)
        session.comparison_changed.connect(self._show_lower_network)
        session.comparison_changed.connect(self._show_hint)
        session.label_changed.connect(self._show_answers)
        session.answer_changed.connect(self._show_answers)
        session.second_answer_changed.connect(self._show_answers)

    @property
    def is_active(self) -> bool:
        """Whether two rows are shown."""
        return self._session.mode is not Mode.SINGLE and not self.stands_aside

    def _show_upper_network(self) -> None:
        if self._session.info is not None:
            self.upper_heading.show_title(*heading_words(self._session.info))
        self._show_answers()

    def _show_lower_network(self) -> None:
        lower = self._session.lower_reading
        if lower is None or lower.info is None:
            return
        title, detail = heading_words(lower.info)
        is_pinned = self._session.mode is Mode.PINNED
        self.heading.show_title(
            _("Kept: {title}").format(title=title) if is_pinned else title, detail
        )
        self.heading.make_clickable("" if is_pinned else _("Another network to compare with"))
        self.view.show_layers(lower.info.layers, lower.classes)
        self.pinned_digit.show_digit(lower.digit)
        self._show_answers()

    def _show_hint(self) -> None:
        if self._session.mode is Mode.SECOND:
            self.hint.show_hint(COMPARE)
        else:
            self.hint.leave()

    def _show_answers(self) -> None:
        """Show the lower row's answer and what differs, as they stand."""
        upper, lower = self._session.reading, self._session.lower_reading
        if lower is None or upper.info is None:
            return
        recognition = lower.recognition
        self.view.show_activations(None if recognition is None else recognition.activations)
        self.answer.show_reading(lower, other=shares_beside(self._session, Row.LOWER))
        if self._session.mode is Mode.PINNED:
            # What is kept is not on the pad, where it could be explained.
            self.answer.class_choice.offer(())
        if self._session.mode is Mode.PINNED:
            text = pinned_in_words(upper, lower)
        else:
            text = difference_in_words(upper, lower, TOLD_APART)
        self.words.say(text, stands_out=disagree(upper, lower))

    def _ask_why(self, class_: int) -> None:
        """Explain why the lower network's answer is not this class."""
        self._session.selection.open_tool(WHY_TOOL)
        self._session.contrast.ask(class_, Row.LOWER)

    # Place and colours.

    def place(self, network: QRect, answer: QRect, unit: float) -> tuple[QRect, QRect]:
        """Put the lower row and the words into these boxes of the window's network and answer;
        returns what is left of them to the upper row. Both rows have boxes of one size, so that
        the same network lies in both alike, and so have both answers, which may have more room than
        the networks."""
        for part in (self.upper_heading, self.heading, self.words, self.view, self.answer):
            part.setVisible(self.is_active)
            part.set_unit(unit)
        is_pinned = self._session.mode is Mode.PINNED
        self.pinned_digit.setVisible(is_pinned)
        self.hint.set_unit(unit)
        self.hint.stand_aside(self.stands_aside)
        if not self.is_active:
            return network, answer
        if answer.height() < _LEAST_ROWS * unit and not network.isEmpty():
            return self._place_beside(network.united(answer), unit)
        heading, words, gap = (round(size * unit) for size in (_HEADING, _WORDS, _GAP))
        hint = self.hint.size_for(network.width())
        words += hint.height()
        each = (network.height() - words - 2 * gap) // 2
        upper_network, lower_network = QRect(network), QRect(network)
        upper_network.setHeight(each)
        lower_network.setTop(network.bottom() + 1 - each)
        has_more = answer.height() > network.height()
        answer_each = (answer.height() - words - 2 * gap) // 2
        upper_answer, lower_answer = QRect(answer), QRect(answer)
        upper_answer.setHeight(answer_each)
        lower_answer.setTop(answer.bottom() + 1 - answer_each)
        left = network.x()
        if is_pinned:
            # Beside the words and the heading, whose lines begin behind it.
            top = upper_network.bottom() + 1 + gap
            side = lower_network.y() + heading - top - gap // 2
            self.pinned_digit.setGeometry(left, top, side, side)
            left += side + round(_BESIDE_PINNED * unit)
        # Beside higher answers the line between the rows ends with the networks.
        across = (network if has_more else answer).right() + 1 - left
        top = upper_network.bottom() + 1 + gap
        self.words.setGeometry(left, top, across, words - hint.height())
        place = QRect(QPoint(left, top + words - hint.height()), hint)
        place.moveLeft(left + max(0, (across - hint.width()) // 2))
        self.hint.setGeometry(place)
        self.upper_heading.setGeometry(network.x(), upper_network.y(), network.width(), heading)
        self.heading.setGeometry(left, lower_network.y(), network.right() + 1 - left, heading)
        for box in (upper_network, lower_network):
            box.setTop(box.top() + heading)
        self.answer.setGeometry(lower_answer)
        self.view.setGeometry(lower_network)
        return upper_network, upper_answer

    def _place_beside(self, box: QRect, unit: float) -> tuple[QRect, QRect]:
        """Both answers side by side in place of rows, where texts are so large that no row has room
        for its networks' layers."""
        self.view.hide()
        heading, words, gap = (round(size * unit) for size in (_HEADING, _WORDS, _GAP))
        each = (box.width() - 2 * gap) // 2
        left, right = QRect(box), QRect(box)
        left.setWidth(each)
        right.setLeft(box.right() + 1 - each)
        self.upper_heading.setGeometry(left.x(), left.y(), left.width(), heading)
        beside = heading + round(_BESIDE_PINNED * unit) if self.pinned_digit.isVisible() else 0
        self.pinned_digit.setGeometry(right.x(), right.y(), heading, heading)
        self.heading.setGeometry(right.x() + beside, right.y(), right.width() - beside, heading)
        self.words.setGeometry(box.x(), box.bottom() + 1 - words, box.width(), words)
        for half in (left, right):
            half.setTop(half.top() + heading + gap)
            half.setBottom(box.bottom() - words - gap)
        self.answer.setGeometry(right)
        return QRect(), left

    def set_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        for part in (
            self.upper_heading,
            self.heading,
            self.words,
            self.hint,
            self.view,
            self.entry,
            self.answer,
            self.pinned_digit,
        ):
            part.set_theme(theme)
