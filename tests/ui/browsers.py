"""Test images and answers for the tests of the browser's parts."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from digitpad.datasets import DATASETS, LabelledDigits
from digitpad.ui.images.answers import Answers

CLASSES = tuple("0123456789")
GARMENTS = DATASETS["fashion-mnist"].classes


def images(n: int = 300) -> LabelledDigits:
    """The labels count up; each image is as dark as its label, and marked in its first pixel."""
    labels = (np.arange(n) % 10).astype(np.uint8)
    digits = np.repeat((20 * labels)[:, None], 784, axis=1).reshape(n, 28, 28).astype(np.uint8)
    digits[:, 0, 0] = 255
    return LabelledDigits(digits, labels)


def shares(
    labels: np.ndarray,
    mistakes: dict[int, int] | None = None,
    certainty: dict[int, float] | None = None,
) -> tuple[np.ndarray, np.ndarray]:
    """Probabilities and accepted as the client gives them: images are read rightly but for the
    mistakes, {image: answer}, with 0.9 or what certainty, {image: probability}, says; every 50th is
    rejected."""
    given = np.array(
        [(mistakes or {}).get(image, int(label)) for image, label in enumerate(labels)]
    )
    best = np.array([(certainty or {}).get(image, 0.9) for image in range(len(labels))], np.float32)
    probabilities = np.zeros((len(labels), 10), np.float32)
    probabilities[np.arange(len(labels)), (given + 1) % 10] = 1 - best
    probabilities[np.arange(len(labels)), given] = best
    return probabilities, np.arange(len(labels)) % 50 != 49


def answered(labels: np.ndarray, mistakes: dict[int, int] | None = None) -> Answers:
    """All images read, as shares() says."""
    answers = Answers(labels, 10)
    answers.take(0, *shares(labels, mistakes))
    return answers


def turn_wheel(widget: QWidget, notches: float = 0.0, pixels: int = 0) -> None:
    """Towards the user for positive numbers; pixels as a touchpad reports them."""
    place = QPointF(widget.rect().center())
    event = QWheelEvent(
        place,
        widget.mapToGlobal(place),
        QPoint(0, -pixels),
        QPoint(0, round(-120 * notches)),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)


def tip_at(widget: QWidget, place: QPoint) -> str:
    """What the tool tip says there."""
    event = QHelpEvent(QHelpEvent.Type.ToolTip, place, widget.mapToGlobal(place))
    QApplication.sendEvent(widget, event)
    return QToolTip.text()


def click(widget: QWidget, place: QPoint) -> None:
    """With the left button."""
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=place)
