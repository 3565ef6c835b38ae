"""What looks are told apart where no hue is seen: in a theme whose signs are all of one colour."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QImage, QPainter
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from digitpad.ui.answer.bars import Bar, paint_bars
from digitpad.ui.images.answers import Answers
from digitpad.ui.images.cell_painting import CellPainter
from digitpad.ui.pad.tint import paint_sign
from digitpad.ui.shell.notice import Notice, done
from digitpad.ui.style.dressing import palette
from digitpad.ui.style.panel import Panel
from digitpad.ui.style.style_sheet import style_sheet
from digitpad.ui.style.theme import HIGH_CONTRAST_DARK, HIGH_CONTRAST_LIGHT, THEMES, Theme
from digitpad.ui.training.curves import DASHES, DOTS, Curve, paint_curve
from tests.ui.colours import luminance

SIDE = 160


def colourless(theme: Theme) -> Theme:
    """The theme with one colour for all that it says by colours."""
    text = theme.text
    return replace(theme, accent=text, warning=text, negative=text, positive=text, quiet=text)


@pytest.fixture(params=THEMES)
def theme(request) -> Theme:
    return colourless(THEMES[request.param])


def pixels_of(picture: QImage) -> np.ndarray:
    """uint8 (h, w) of lightness."""
    grey = picture.convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(grey.constBits(), np.uint8).reshape(grey.height(), grey.bytesPerLine())
    return rows[:, : grey.width()].copy()


def painted(theme: Theme, paint: Callable[[QPainter], object]) -> np.ndarray:
    picture = QImage(SIDE, SIDE, QImage.Format.Format_RGB32)
    picture.fill(theme.paper)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint(painter)
    painter.end()
    return pixels_of(picture)


def differ(pictures: list[np.ndarray]) -> bool:
    """Whether any two of them differ in more than a few pixels."""
    return all(
        np.count_nonzero(np.abs(a.astype(int) - b) > 40) > 20
        for number, a in enumerate(pictures)
        for b in pictures[:number]
    )


@pytest.mark.parametrize("name", ["", "foot", "tab", "filter"])
def test_a_button_that_is_checked_looks_unlike_one_that_is_not(qtbot, theme, name):
    holder = QWidget()
    holder.setPalette(palette(theme))
    holder.setStyleSheet(style_sheet(theme))
    qtbot.addWidget(holder)
    button = QToolButton()
    button.setObjectName(name)
    button.setText("Mistakes only")
    button.setCheckable(True)
    QVBoxLayout(holder).addWidget(button)
    holder.show()
    pictures = []
    for is_checked in (False, True):
        button.setChecked(is_checked)
        pictures.append(pixels_of(holder.grab().toImage()))
    assert differ(pictures)


def test_what_was_done_is_said_unlike_what_went_wrong(qtbot):
    notice = Notice()
    qtbot.addWidget(notice)
    notice.say(done("It is saved."))
    said = notice.text()
    notice.say("It is saved.")
    assert said != notice.text()
    notice.stop()


def test_signs_are_told_apart_by_their_shape(theme):
    cell = QRectF(20, 20, 80, 80)

    def cell_of(painter: QPainter, share: float) -> None:
        painter.fillRect(cell, QColor(theme.positive))
        paint_sign(painter, theme, cell, share)

    assert differ([painted(theme, lambda p, s=share: cell_of(p, s)) for share in (-1, 1)])


def test_mistakes_and_rejections_are_marked_by_more_than_a_colour(theme, qapp):
    cells = CellPainter()
    cells.theme, cells.classes = theme, tuple("0123456789")
    cells.set_font(QFont())
    answers = Answers(np.array([3, 3, 3], np.uint8), 10)
    shares = np.zeros((3, 10), np.float32)
    shares[[0, 1, 2], [3, 9, 3]] = 1
    answers.take(0, shares, np.array([True, True, False]))
    cell = QRectF(10, 10, 120, 120)
    pictures = [
        painted(theme, lambda p, n=number: cells.paint(p, answers, n, cell, 80))
        for number in range(3)
    ]
    assert differ(pictures)


def test_the_answers_bar_is_named_in_bold_letters(qtbot, theme):
    panel = Panel()
    qtbot.addWidget(panel)
    panel.set_theme(theme)

    def bars(painter: QPainter, wins: bool) -> None:
        box = QRectF(5, 5, 150, 40)
        paint_bars(painter, panel, box, [Bar("7", 0.5, "50.0 %", wins=wins)], "> 99.9 %")

    assert differ([painted(theme, lambda p, w=wins: bars(p, w)) for wins in (False, True)])


def test_curves_are_told_apart_by_their_dashes(theme):
    points = [QPointF(x, 80) for x in range(5, 155, 10)]
    colour = QColor(theme.text)
    pictures = [
        painted(theme, lambda p, d=dashes: paint_curve(p, Curve("", points, colour, 1.6, d)))
        for dashes in ((), DASHES, DOTS)
    ]
    assert differ(pictures)


@pytest.mark.parametrize("theme", [HIGH_CONTRAST_LIGHT, HIGH_CONTRAST_DARK])
def test_in_high_contrast_below_and_above_zero_differ_in_lightness_too(theme):
    below, above = (116 * np.cbrt(luminance(one)) for one in (theme.negative, theme.positive))
    assert above - below > 20
