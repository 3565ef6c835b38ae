from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtTest import QTest

from digitpad.ui.images.answers import ImageInfo
from digitpad.ui.images.image_detail import ImageDetail
from digitpad.ui.style.theme import DARK, LIGHT
from tests.support import PATIENCE_MS
from tests.ui.browsers import CLASSES, GARMENTS, click
from tests.ui.colours import rgb, share_of

WIDTH, HEIGHT = 900, 132
PULLOVER, COAT = GARMENTS.index("pullover"), GARMENTS.index("coat")


def info(label: int = 7, shares: dict[int, float] | None = None, **changes) -> ImageInfo:
    """Image 248, dark but for its first pixel; shares: the probabilities that are not 0, or None
    where it is unread."""
    digit = np.full((28, 28), 200, np.uint8)
    digit[0, 0] = 0
    probabilities = None
    if shares is not None:
        probabilities = np.zeros(10, np.float32)
        for index, share in shares.items():
            probabilities[index] = share
    return ImageInfo(number=248, digit=digit, label=label, probabilities=probabilities, **changes)


@pytest.fixture
def detail(qtbot) -> ImageDetail:
    detail = ImageDetail()
    qtbot.addWidget(detail)
    detail.resize(WIDTH, HEIGHT)
    with qtbot.waitExposed(detail, timeout=PATIENCE_MS):
        detail.show()
    return detail


def test_without_an_image_it_says_so_and_the_button_is_off(detail, qtbot):
    with qtbot.assertNotEmitted(detail.pad_button.clicked):
        click(detail.pad_button, detail.pad_button.rect().center())

    assert detail.text == detail.accessibleDescription() == "No image is selected."


def test_the_button_is_reached_by_mouse_and_keyboard(detail, qtbot):
    detail.show_image(info(), CLASSES)
    with qtbot.waitSignal(detail.pad_button.clicked, timeout=PATIENCE_MS):
        click(detail.pad_button, detail.pad_button.rect().center())
    detail.pad_button.setFocus()
    with qtbot.waitSignal(detail.pad_button.clicked, timeout=PATIENCE_MS):
        QTest.keyClick(detail.pad_button, Qt.Key.Key_Space)

    detail.show_image(None, CLASSES)
    assert not detail.pad_button.isEnabled()


@pytest.mark.parametrize(
    ("image", "text"),
    [
        (info(7), "Image 248: 7, not yet read"),
        (info(7, {7: 0.9, 1: 0.1}), "Image 248: 7, read as 7 (90.0 %), then 1 (10.0 %)"),
        (info(7, {1: 0.505, 7: 0.494}), "Image 248: 7, read as 1 (50.5 %), then 7 (49.4 %)"),
        (
            info(7, {1: 0.6, 7: 0.4}, accepted=False),
            "Image 248: 7, read as 1 (60.0 %), then 7 (40.0 %); it would be rejected",
        ),
    ],
)
def test_it_says_in_words_what_it_shows(detail, image, text):
    detail.show_image(image, CLASSES)

    assert detail.text == detail.accessibleDescription() == text


def test_classes_have_their_names(detail):
    detail.show_image(info(PULLOVER, {COAT: 0.7, PULLOVER: 0.3}), GARMENTS)

    assert detail.text == "Image 248: pullover, read as coat (70.0 %), then pullover (30.0 %)"


def test_the_first_of_equally_likely_classes_comes_first():
    assert info(0, {4: 0.5, 2: 0.5}).ranking[:2] == [2, 4]
    assert info(0).ranking == []


def test_a_mistake_stands_out_and_what_is_right_is_quiet(detail, seen):
    detail.show_image(info(7, {7: 0.9, 1: 0.1}), CLASSES)
    assert share_of(seen(detail), LIGHT.accent) == 0

    detail.show_image(info(7, {1: 0.9, 7: 0.1}), CLASSES)
    assert share_of(seen(detail), LIGHT.accent) > 0.005


def test_bars_are_as_long_as_their_shares(detail, seen):
    def bar(share: float) -> float:
        detail.show_image(info(7, {1: share, 7: 1 - share}), CLASSES)
        picture = seen(detail)
        return share_of(picture[:, 300:], LIGHT.accent)

    assert bar(0.9) == pytest.approx(1.5 * bar(0.6), rel=0.05)


def test_an_unread_image_has_no_bars(detail, seen):
    detail.show_image(info(7), CLASSES)

    assert share_of(seen(detail)[:, 300 : detail.pad_button.x() - 4], LIGHT.paper) > 0.95


def test_the_image_is_crisp_and_true(detail, seen):
    detail.show_image(info(7), CLASSES)
    picture = seen(detail)
    ink = rgb(LIGHT.paper) + (rgb(LIGHT.ink) - rgb(LIGHT.paper)) * 200 / 255
    is_ink = np.abs(picture - ink).max(axis=2) <= 1
    rows, columns = np.flatnonzero(is_ink.any(axis=1)), np.flatnonzero(is_ink[:, :200].any(axis=0))
    side = columns[-1] - columns[0] + 1

    # The last row and column of pixels lie beneath the frame.
    assert side in (28 * 4 - 2, 28 * 4 - 1, 28 * 4)
    assert rows[-1] - rows[0] + 1 == side
    assert not is_ink[rows[0] + 1, columns[0] + 1]
    assert is_ink[rows[0] + 1, columns[0] + 6]


@pytest.mark.parametrize("classes", [CLASSES, GARMENTS], ids=["digits", "garments"])
@pytest.mark.parametrize(
    ("width", "height", "unit"), [(870, 111, 0.84), (1244, 132, 1.0), (2460, 264, 2.0)]
)
def test_words_and_bars_end_before_the_button(detail, monkeypatch, classes, width, height, unit):
    boxes = []
    paint_bars = ImageDetail._paint_bars
    monkeypatch.setattr(
        ImageDetail, "_paint_bars", lambda *given: (boxes.append(given[-1]), paint_bars(*given))
    )
    detail.set_unit(unit)
    detail.resize(width, height)
    detail.show_image(info(PULLOVER, {COAT: 0.7, PULLOVER: 0.3}, accepted=False), classes)
    detail.grab()
    box = boxes[-1]

    assert detail.rect().contains(detail.pad_button.geometry())
    assert box.right() < detail.pad_button.x()
    assert QRectF(detail.rect()).contains(box)
    assert box.width() > 380 * unit


def test_themes_colour_it(detail, seen):
    detail.show_image(info(7, {1: 0.9, 7: 0.1}), CLASSES)
    detail.set_theme(DARK)

    assert share_of(seen(detail), DARK.paper) > 0.4
    assert share_of(seen(detail), DARK.accent) > 0.005
