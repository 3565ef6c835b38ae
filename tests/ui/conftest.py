from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget


@pytest.fixture
def seen(qtbot) -> Callable[[QWidget], np.ndarray]:
    """What a person sees of a widget, as painted piece by piece: uint8 (h, w, 3) in device pixels."""

    def look(widget: QWidget) -> np.ndarray:
        qtbot.wait(1)  # paint what is to be painted
        image = (
            widget.screen().grabWindow(widget.window().winId()).toImage().convertToFormat(QImage.Format.Format_RGB888)
        )
        rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
        pixels = rows[:, : image.width() * 3].reshape(image.height(), image.width(), 3)
        ratio = widget.devicePixelRatioF()
        corner = widget.mapTo(widget.window(), widget.rect().topLeft())
        left, top = round(corner.x() * ratio), round(corner.y() * ratio)
        return pixels[top : top + round(widget.height() * ratio), left : left + round(widget.width() * ratio)].copy()

    return look
