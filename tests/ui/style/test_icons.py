from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QImage

from digitpad.ui.style.icons import icon

NAMES = ("pen", "eraser", "undo", "redo", "clear", "example", "open", "save")


def painted(
    drawn: QIcon, mode: QIcon.Mode = QIcon.Mode.Normal, state: QIcon.State = QIcon.State.Off
) -> np.ndarray:
    """Red, green, blue and opacity, uint8 (24, 24, 4)."""
    image = (
        drawn.pixmap(QSize(24, 24), 1.0, mode, state)
        .toImage()
        .convertToFormat(QImage.Format.Format_RGBA8888)
    )
    return (
        np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4).copy()
    )


@pytest.mark.parametrize("name", NAMES)
def test_each_is_a_picture_in_the_asked_colours(qapp, name):
    drawn = icon(name, "#102030", "#c05602", "#999999")
    for mode, state, colour in (
        (QIcon.Mode.Normal, QIcon.State.Off, "#102030"),
        (QIcon.Mode.Normal, QIcon.State.On, "#c05602"),
        (QIcon.Mode.Disabled, QIcon.State.Off, "#999999"),
    ):
        pixels = painted(drawn, mode, state)
        opaque = pixels[pixels[..., 3] > 250]
        assert 10 < len(opaque) < 300
        assert np.abs(np.median(opaque[:, :3], axis=0) - QColor(colour).getRgb()[:3]).max() <= 2


def test_no_two_look_alike(qapp):
    pictures = [
        painted(icon(name, "#000000", "#000000", "#000000"))[..., 3] > 127 for name in NAMES
    ]
    for i, one in enumerate(pictures):
        assert all((one != other).sum() > 20 for other in pictures[:i])


def test_redo_is_undo_mirrored(qapp):
    undo, redo = (
        painted(icon(name, "#000000", "#000000", "#000000"))[..., 3] for name in ("undo", "redo")
    )
    assert np.abs(undo.astype(int) - redo[:, ::-1]).mean() < 4


def test_others_are_not_drawn_here(qapp):
    with pytest.raises(KeyError):
        icon("fountain", "#000000", "#000000", "#000000")
