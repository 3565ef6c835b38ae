"""Which of My drawings to show: a button for each label with how many there are, mistakes only, and
the order; and what can be done with all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QButtonGroup, QToolButton, QVBoxLayout, QWidget

from digitpad.core.languages import _
from digitpad.ui.images.choice_bar import DropList
from digitpad.ui.images.drawings_shown import LABELS, DrawingChoice, DrawingOrder, label_name
from digitpad.ui.images.drawings_words import ORDERS
from digitpad.ui.style.panel import Panel
from digitpad.ui.style.theme import Theme
from digitpad.ui.style.wrapping import WrappingRow


class DrawingsBar(Panel):
    """Two rows of buttons.

    Attributes:
        labels: the buttons of all and of each of LABELS. mistakes_button, order_list,
            reading_list: what else chooses. several_button: whether each click selects one more.
            undo_button, import_button, export_button,
            teach_button: what is done.

    Signals:
        choice_changed (DrawingChoice): a person chose anew.
    """

    choice_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        """All are chosen."""
        super().__init__(parent)
        self._choice = DrawingChoice()
        self._group = QButtonGroup(self)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        self._rows = [WrappingRow(), WrappingRow()]
        for row in self._rows:
            rows.addLayout(row)
        self._all_rows = rows
        self.labels: list[QToolButton] = []
        for number in range(-1, len(LABELS)):
            button = self._button(0, "", "")
            button.setCheckable(True)
            self._group.addButton(button, number)
            self.labels.append(button)
        self.mistakes_button = self._button(
            1, _("&Mistakes only"), _("Only what is read as something else than it is labelled")
        )
        self.mistakes_button.setCheckable(True)
        self.order_list = DropList(_("Order"))
        for order in DrawingOrder:
            self.order_list.addItem(_(ORDERS[order]), order)
        self._rows[1].addWidget(self.order_list)
        self.reading_list = DropList(_("What they are read as"))
        self.reading_list.addItem(_("As read now"), False)
        self.reading_list.addItem(_("As read when kept"), True)
        self._rows[1].addWidget(self.reading_list)
        self.several_button = self._button(
            1,
            _("Select several"),
            _("Each click or tap selects one more, or one less; Ctrl and Shift do without this"),
        )
        self.several_button.setCheckable(True)
        self._rows[1].add_spring()
        self.undo_button = self._button(1, _("Undo"), _("Take the last change back (Ctrl+Z)"))
        self.import_button = self._button(
            1, _("Import…"), _("Bring in drawings of a file (digitpad-strokes; Ctrl+I)")
        )
        self.export_button = self._button(
            1,
            _("Export…"),
            _("Write what is shown, or several selected, to a file (digitpad-strokes; Ctrl+E)"),
        )
        self.teach_button = self._button(
            1, _("Teach…"), _("Teach the network what you kept; it takes seconds")
        )
        self._group.idClicked.connect(self._choose)
        self.mistakes_button.clicked.connect(self._choose)
        self.order_list.activated.connect(self._choose)
        self.reading_list.activated.connect(self._choose)
        self.show_counts([0] * len(LABELS))
        self.show_choice(DrawingChoice())

    def _button(self, row: int, text: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setObjectName("filter")
        button.setText(text)
        button.setToolTip(tip)
        self._rows[row].addWidget(button)
        return button

    def show_counts(self, counts: Sequence[int]) -> None:
        """Say how many drawings there are of each of LABELS."""
        total = sum(counts)
        self.labels[0].setText(_("All {n}").format(n=total))
        for button, label, n in zip(self.labels[1:], LABELS, counts, strict=True):
            name = label_name(label)
            button.setText(_("{name}: {n}").format(name=name, n=n))
            button.setAccessibleName(_("Show {name}; there are {n}").format(name=name, n=n))
            # What hardly anybody has takes no room; a chosen one stays, to be left.
            is_rare = label is None
            button.setVisible(not is_rare or n > 0 or button.isChecked())
            button.setEnabled(n > 0 or button.isChecked())

    def show_choice(self, choice: DrawingChoice) -> None:
        """Set buttons and list without saying that they changed."""
        self._choice = choice
        self.labels[0 if choice.label is None else choice.label + 1].setChecked(True)
        self.mistakes_button.setChecked(choice.mistakes_only)
        self.order_list.setCurrentIndex(list(DrawingOrder).index(choice.order))
        self.reading_list.setCurrentIndex(int(choice.as_kept))

    def _choose(self) -> None:
        number = self._group.checkedId()
        choice = replace(
            self._choice,
            label=None if number < 0 else number,
            mistakes_only=self.mistakes_button.isChecked(),
            order=list(DrawingOrder)[self.order_list.currentIndex()],
            as_kept=bool(self.reading_list.currentIndex()),
        )
        if choice != self._choice:
            self._choice = choice
            self.choice_changed.emit(choice)

    def set_theme(self, theme: Theme) -> None:
        """Take a theme's colours."""
        super().set_theme(theme)
        for box in (self.order_list, self.reading_list):
            box.colour = QColor(theme.quiet)

    def set_unit(self, unit: float) -> None:
        """Take a size of texts and gaps."""
        super().set_unit(unit)
        font = self.sized_font(12)
        for widget in self.findChildren(QWidget):
            widget.setFont(font)
        self._all_rows.setSpacing(round(6 * unit))
        for row in self._rows:
            row.setSpacing(round(4 * unit))
