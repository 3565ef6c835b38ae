"""The fields in which a person says by hand how a network is fed and what its outputs stand for."""

from __future__ import annotations

import math
from dataclasses import replace

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget

from digitpad.core.errors import DigitpadError
from digitpad.core.languages import _
from digitpad.nets.spec.open_choices import OpenChoices
from digitpad.nets.spec.opening_questions import Examination

_NUMBER_LENGTH = 24
_LONGEST = 20_000


class FeedingFields(QWidget):
    """Mean, std and side of the input, and the classes.

    Signals:
        feeding_edited (): mean or std was typed.
    """

    feeding_edited = Signal()

    def __init__(self, found: Examination, parent: QWidget | None = None) -> None:
        """found: what is known, which the fields begin with; the feeding is set by set_feeding."""
        super().__init__(parent)
        self._found = found
        self._classes_text = ", ".join(found.classes)
        self.mean, self.std, self.side = QLineEdit(), QLineEdit(), QLineEdit(str(found.side))
        self.classes = QLineEdit(self._classes_text)
        self.classes.setCursorPosition(0)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        named = (
            ("(x −", self.mean, _("Mean: what pixels from 0 to 1 are shifted by")),
            (") /", self.std, _("Std: what they are divided by then; below 0 where ink is low")),
            (_("side"), self.side, _("The side of its input in pixels")),
        )
        for place, (words, field, tip) in enumerate(named):
            self._grid.addWidget(QLabel(words), 0, 2 * place)
            self._grid.addWidget(field, 0, 2 * place + 1)
            field.setMaxLength(_NUMBER_LENGTH)
            field.setToolTip(tip)
            field.setAccessibleName(tip)
        self._grid.addWidget(QLabel(_("outputs")), 1, 0)
        self._grid.addWidget(self.classes, 1, 1, 1, 5)
        self.classes.setMaxLength(_LONGEST)
        self.classes.setToolTip(
            _("What its outputs stand for, in their order, with commas between")
        )
        self.classes.setAccessibleName(self.classes.toolTip())
        for field in (self.mean, self.std):
            field.textEdited.connect(self.feeding_edited)

    def changeEvent(self, event: QEvent) -> None:
        """Have the texts as large as the card has them."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            for part in self.findChildren(QWidget):
                part.setFont(self.font())

    def set_feeding(self, mean: float, std: float) -> None:
        """Show a mean and a std."""
        self.mean.setText(f"{mean:.6g}")
        self.std.setText(f"{std:.6g}")

    def feeding(self) -> tuple[float, float]:
        """The mean and the std that stand there; raises DigitpadError where they are no
        numbers."""
        return _number(self.mean, _("mean")), _number(self.std, _("std"))

    def choices(self) -> OpenChoices:
        """The side and the classes, where they are others than was found; raises DigitpadError
        where they cannot be used."""
        said = OpenChoices()
        side = _number(self.side, _("side"))
        if side != self._found.side:
            if side != int(side):
                raise DigitpadError(_("the side is no whole number of pixels"))
            said = replace(said, side=int(side))
        if self.classes.text() != self._classes_text:
            names = tuple(name.strip() for name in self.classes.text().split(","))
            count = len(self._found.classes)
            if len(names) != count or not all(names):
                raise DigitpadError(
                    _("it has {count} outputs; name as many, with commas between, not {n}").format(
                        count=count, n=len([name for name in names if name])
                    )
                )
            said = replace(said, classes=names)
        return said


def _number(field: QLineEdit, what: str) -> float:
    text = field.text().strip().replace(",", ".")
    try:
        number = float(text)
        if math.isfinite(number):
            return number
    except ValueError:
        pass
    raise DigitpadError(
        _("the {what} is no number: {text}").format(
            what=what, text=text[:20] or _("nothing is there")
        )
    )
