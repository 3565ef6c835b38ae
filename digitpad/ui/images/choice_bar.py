"""Which of the test images to show: by class, by answer, by mistake, and in which order."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QComboBox, QLabel, QSizePolicy, QToolButton, QWidget

from digitpad.core.languages import _
from digitpad.datasets import DIGITS
from digitpad.ui.images.answers import Choice, Order
from digitpad.ui.images.words import REJECTED_TIP, order_in_words
from digitpad.ui.style.panel import Panel
from digitpad.ui.style.theme import Theme
from digitpad.ui.style.wrapping import WrappingRow


class DropList(QComboBox):
    """A list that drops down, with an arrow in the theme's colours: a style sheet takes Qt's own
    away."""

    def __init__(self, name: str) -> None:
        """name: what the list chooses, for its tool tip and for screen readers."""
        super().__init__()
        self.colour = QColor()
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setMaxVisibleItems(30)

    def minimumSizeHint(self) -> QSize:
        """As wide as what it lists; Qt keeps that of the font before."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the list, and over it the arrow."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.colour, 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        middle = QPointF(self.width() - 14, self.height() / 2)
        painter.drawPolyline(
            QPolygonF([middle + QPointF(x, y) for x, y in ((-4, -2), (0, 2), (4, -2))])
        )


class ChoiceBar(Panel):
    """A row of lists and buttons that says and makes a choice.

    Signals:
        choice_changed (Choice): a person chose anew.
    """

    choice_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Ten digits, all of them chosen."""
        super().__init__(parent)
        self._choice = Choice()
        self._layout = WrappingRow(self)
        self.label_list = self._list(_("What it is"))
        self.answer_list = self._list(_("What it was read as"))
        self.mistakes_button = self._button(
            _("&Mistakes only"), _("Only images that were read wrongly")
        )
        self.rejected_button = self._button(_("&Rejected"), _(REJECTED_TIP))
        self.order_list = self._list(_("Order"))
        for order in Order:
            self.order_list.addItem(order_in_words(order), order)
        self.all_button = self._button(_("Show &all"), _("Leave no image out (Esc)"))
        self.all_button.setCheckable(False)
        self.count_label = QLabel()
        self.count_label.setObjectName("quiet")
        self._layout.addWidget(self.count_label)
        self._layout.add_spring()
        self._layout.addWidget(self.order_list)
        self.set_classes(DIGITS)
        for box in (self.label_list, self.answer_list, self.order_list):
            box.activated.connect(self._choose)
        for button in (self.mistakes_button, self.rejected_button):
            button.clicked.connect(self._choose)
        self.all_button.clicked.connect(self.choose_all)
        # The keyboard goes from left to right.
        self.setTabOrder(self.all_button, self.order_list)

    def _list(self, name: str) -> DropList:
        """A list that drops down, next in the row; name: what it chooses."""
        box = DropList(name)
        self._layout.addWidget(box)
        return box

    def _button(self, text: str, tip: str) -> QToolButton:
        """A button that stays pressed, next in the row."""
        button = QToolButton()
        button.setObjectName("filter")
        button.setText(text)
        button.setToolTip(tip)
        button.setCheckable(True)
        button.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._layout.addWidget(button)
        return button

    def set_classes(self, classes: tuple[str, ...]) -> None:
        """Name the classes; chooses all of them where they are others than before."""
        if [self.label_list.itemText(i) for i in range(1, self.label_list.count())] == list(
            classes
        ):
            return
        for box, all_of_them, each in (
            (self.label_list, _("Any class"), "{name}"),
            (self.answer_list, _("Read as anything"), _("Read as {name}")),
        ):
            box.clear()
            box.addItem(all_of_them, None)
            for index, name in enumerate(classes):
                box.addItem(each.format(name=name), index)
        self.show_choice(Choice(order=self._choice.order))

    def show_choice(self, choice: Choice) -> None:
        """Set lists and buttons without saying that they changed."""
        self._choice = choice
        self.label_list.setCurrentIndex(0 if choice.label is None else choice.label + 1)
        self.answer_list.setCurrentIndex(0 if choice.answer is None else choice.answer + 1)
        self.mistakes_button.setChecked(choice.mistakes_only)
        self.rejected_button.setChecked(choice.rejected_only)
        self.order_list.setCurrentIndex(list(Order).index(choice.order))
        self.all_button.setEnabled(not choice.is_everything)

    def show_count(self, text: str) -> None:
        """Say how many images the choice leaves."""
        self.count_label.setText(text)

    def choose_all(self) -> None:
        """Leave no image out; the order stays."""
        self._change(Choice(order=self._choice.order))

    def _choose(self) -> None:
        """Take what lists and buttons say."""
        self._change(
            Choice(
                label=self.label_list.currentData(),
                answer=self.answer_list.currentData(),
                mistakes_only=self.mistakes_button.isChecked(),
                rejected_only=self.rejected_button.isChecked(),
                order=list(Order)[self.order_list.currentIndex()],
            )
        )

    def _change(self, choice: Choice) -> None:
        """Show another choice, and say so."""
        if choice != self._choice:
            self.show_choice(choice)
            self.choice_changed.emit(choice)

    def set_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        super().set_theme(theme)
        for box in self.findChildren(DropList):
            box.colour = QColor(theme.quiet)

    def set_unit(self, unit: float) -> None:
        """Take a size of texts and gaps."""
        super().set_unit(unit)
        font = self.sized_font(12)
        for widget in self.findChildren(QWidget):
            widget.setFont(font)
        self._layout.setSpacing(round(6 * unit))
