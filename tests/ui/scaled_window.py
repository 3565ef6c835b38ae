"""Draws in the window on a screen of the scale that QT_SCALE_FACTOR says, and prints what came
of it as JSON. Where there is a second screen, the window is moved there first."""

from __future__ import annotations

import hashlib
import json

import numpy as np
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from digitpad.app import make_application
from digitpad.ui.shell.main_window import MainWindow
from digitpad.ui.style.screen import screen_of
from tests.ui.pointers import Mouse
from tests.ui.stubs import LAYERS, StubClient, recognition


def main() -> None:
    application = make_application()
    window = MainWindow(StubClient(), LAYERS, theme="light")
    window.resize(900, 600)
    window.show()
    window.session.client.become_ready()
    if len(application.screens()) > 1:
        second = application.screens()[1]
        application.processEvents()
        window.move(second.geometry().topLeft())
        QTest.qWait(1)
        assert screen_of(window) is second
    unit = window.canvas.sheet().width() / 280
    Mouse(window.canvas).draw(*[(x * unit, y * unit) for x, y in ((60, 60), (200, 70), (120, 220))])
    application.processEvents()
    window.session.client.recognized.emit(recognition(7))
    parts = (
        window.canvas,
        window.tools,
        window.digit_view,
        window.network_view,
        window.answer_panel,
        window.status_line,
    )
    boxes = [part.geometry() for part in parts]
    picture = window.taking.pixmap().toImage()
    pad = window.canvas.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(pad.constBits(), np.uint8).reshape(pad.height(), pad.bytesPerLine())[
        :, : pad.width()
    ]
    marked = rows[5:-5, 5:-5] < 128
    at = (np.argwhere(marked).mean(axis=0) + 5) / pad.width() * 280
    print(
        json.dumps(
            {
                "ratio": window.devicePixelRatioF(),
                "overlaps": [
                    [i, j]
                    for i in range(len(boxes))
                    for j in range(i)
                    if boxes[i].intersects(boxes[j])
                ],
                "inside": all(window.centralWidget().rect().contains(box) for box in boxes),
                "picture": [picture.width(), picture.height()],
                "ink": hashlib.sha256(window.session.pad.ink.tobytes()).hexdigest(),
                "screen_side": int(window.canvas._screen.ink.shape[0]),
                "sheet_side": window.canvas.sheet().width(),
                "drawn_at": [round(float(v), 1) for v in at],
                "ink_at": [
                    round(float(v), 1)
                    for v in np.argwhere(window.session.pad.ink > 127).mean(axis=0)
                ],
                "cells": [
                    window.network_view.panel(name).map_box(0).width()
                    * window.devicePixelRatioF()
                    / columns
                    for name, columns in (("C1", 28), ("C3", 10), ("S4", 5))
                ],
                "digit_cell": window.digit_view.box().width() * window.devicePixelRatioF() / 28,
            }
        )
    )
    window.close()


if __name__ == "__main__":
    main()
