from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QTest

from digitpad.ui.images.confusion_matrix import ConfusionMatrix
from digitpad.ui.images.words import MATRIX_EXPLANATION
from digitpad.ui.style.theme import DARK, LIGHT, THEMES
from tests.support import PATIENCE_MS
from tests.ui.browsers import CLASSES, GARMENTS, click, tip_at
from tests.ui.colours import contrast, rgb, share_of
from tests.ui.cut_texts import recorded
from tests.ui.hearing import said_of

Key = Qt.Key


def counts() -> np.ndarray:
    """All read rightly but nine 4s, of which 4 were read as 9, and one 7 that was read as 1."""
    counts = np.diag(np.full(10, 100))
    counts[4, 9], counts[7, 1] = 9, 1
    return counts


@pytest.fixture
def matrix(qtbot) -> ConfusionMatrix:
    matrix = ConfusionMatrix()
    qtbot.addWidget(matrix)
    matrix.resize(460, 540)
    matrix.show_counts(counts(), CLASSES)
    with qtbot.waitActive(matrix, timeout=PATIENCE_MS):
        matrix.show()
    matrix.setFocus()
    return matrix


@pytest.fixture
def chosen(matrix) -> list:
    """The pairs that were chosen; each is marked, as the window does."""
    pairs: list = []
    matrix.pair_chosen.connect(lambda *pair: (pairs.append(pair), matrix.show_chosen(pair)))
    return pairs


def centre(matrix: ConfusionMatrix, pair) -> QPoint:
    return matrix.box(pair).center().toPoint()


def square(matrix: ConfusionMatrix, pair, picture: np.ndarray) -> np.ndarray:
    """What is painted in a square, its number left out."""
    box = matrix.box(pair).toRect()
    return picture[box.top() + 2 : box.top() + 6, box.left() + 2 : box.right() - 2]


def test_clicking_a_square_chooses_its_pair(matrix, chosen):
    click(matrix, centre(matrix, (4, 9)))

    assert chosen == [(4, 9)]


def test_clicking_a_head_chooses_a_whole_row_or_column(matrix, chosen):
    click(matrix, centre(matrix, (3, None)))
    click(matrix, centre(matrix, (None, 8)))

    assert chosen == [(3, None), (None, 8)]


def test_choosing_again_lets_go(matrix, chosen):
    click(matrix, centre(matrix, (4, 9)))
    click(matrix, centre(matrix, (4, 9)))

    assert chosen == [(4, 9), (None, None)]


def test_clicking_beside_the_matrix_chooses_nothing(matrix, chosen):
    click(matrix, QPoint(matrix.width() - 2, matrix.height() - 2))
    click(matrix, QPoint(5, 5))

    assert chosen == []


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Enter, Key.Key_Space])
def test_the_keyboard_reaches_and_chooses_every_square(matrix, chosen, key):
    for step in (
        Key.Key_Down,
        Key.Key_Down,
        Key.Key_Right,
        Key.Key_Right,
        Key.Key_Right,
        Key.Key_Up,
    ):
        QTest.keyClick(matrix, step)
    QTest.keyClick(matrix, key)

    assert chosen == [(0, 2)]


def test_the_keyboard_stays_on_the_matrix_and_its_heads(matrix):
    QTest.keyClick(matrix, Key.Key_Left)
    QTest.keyClick(matrix, Key.Key_Up)
    assert matrix.reached == (None, None)

    QTest.keyClick(matrix, Key.Key_End)
    QTest.keyClick(matrix, Key.Key_PageDown)
    QTest.keyClick(matrix, Key.Key_Right)
    QTest.keyClick(matrix, Key.Key_Down)
    assert matrix.reached == (9, 9)

    QTest.keyClick(matrix, Key.Key_PageUp)
    QTest.keyClick(matrix, Key.Key_Home)
    assert matrix.reached == (0, 0)


def test_other_keys_are_left_to_the_window(matrix, chosen):
    QTest.keyClick(matrix, Key.Key_X)

    assert chosen == []
    assert matrix.reached == (None, None)


def test_the_commoner_a_mistake_the_stronger_its_colour_and_the_diagonal_is_quiet(matrix, seen):
    picture = seen(matrix)
    from_paper = {
        pair: np.abs(square(matrix, pair, picture).astype(int) - rgb(LIGHT.paper)).mean()
        for pair in ((4, 9), (7, 1), (0, 1), (3, 3))
    }

    assert from_paper[4, 9] > from_paper[7, 1] > from_paper[0, 1] == 0
    assert share_of(square(matrix, (4, 9), picture), LIGHT.accent) == 1.0
    assert share_of(square(matrix, (3, 3), picture), LIGHT.track) == 1.0


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)
def test_numbers_can_be_read_on_every_colour(matrix, theme):
    """4.5 is what WCAG asks of texts, 3 of large or bold ones."""
    matrix.set_theme(theme)
    shades = np.zeros((10, 10), int)
    shades[0, 1:] = np.arange(1, 10) ** 2
    matrix.show_counts(shades, CLASSES)
    picture = matrix.grab().toImage()
    for answer in range(1, 10):
        box = matrix.box((0, answer)).toRect()
        fill = picture.pixelColor(box.left() + 3, box.top() + 3)
        inside = [
            picture.pixelColor(x, y)
            for x in range(box.left() + 4, box.right() - 4)
            for y in range(box.top() + 8, box.bottom() - 8)
        ]
        assert max(contrast(fill, colour) for colour in inside) > 3.0


def test_squares_and_heads_explain_themselves(matrix):
    assert tip_at(matrix, centre(matrix, (4, 9))) == "4 read as 9: 9"
    assert tip_at(matrix, centre(matrix, (3, 3))) == "3 read rightly: 100"
    assert tip_at(matrix, centre(matrix, (7, None))) == "7: 100 of 101 read rightly, 99.01 %"
    assert tip_at(matrix, centre(matrix, (None, 9))) == "Read as 9: 109, of which 100 rightly"
    assert tip_at(matrix, centre(matrix, (None, None))) == "All images"
    assert tip_at(matrix, QPoint(5, 5)) == MATRIX_EXPLANATION


def test_screen_readers_hear_where_the_keyboard_is(matrix):
    QTest.keyClick(matrix, Key.Key_Down)

    assert matrix.accessibleName() == "Confusion matrix"
    assert said_of(matrix).startswith("0: 100 of 100 read rightly, 100.00 %.")


def test_what_is_pointed_at_is_framed(matrix, seen):
    before = seen(matrix)
    QTest.mouseMove(matrix, centre(matrix, (2, 2)))
    QTest.mouseMove(matrix, centre(matrix, (2, 3)))

    assert (seen(matrix) != before).any()
    assert matrix.cursor().shape() == Qt.CursorShape.PointingHandCursor


@pytest.mark.parametrize("classes", [CLASSES, GARMENTS], ids=["digits", "garments"])
@pytest.mark.parametrize("size", [(378, 370), (460, 540), (900, 1200)])
def test_all_squares_fit_and_none_overlaps_another(matrix, classes, size):
    matrix.show_counts(counts(), classes)
    matrix.resize(*size)
    boxes = [matrix.box(pair) for pair in product([None, *range(10)], repeat=2)]

    assert all(matrix.rect().contains(box.toAlignedRect()) for box in boxes)
    assert not any(
        one.adjusted(0, 0, -0.1, -0.1).intersects(other.adjusted(0.1, 0.1, 0, 0))
        for one in boxes
        for other in boxes
        if one is not other
    )
    assert matrix.box((0, 0)).width() >= 20
    names = QFontMetricsF(matrix.sized_font(12))
    assert matrix.box((0, None)).width() >= max(map(names.horizontalAdvance, classes))


@pytest.mark.parametrize("width", [336, 378, 397, 460, 470])
@pytest.mark.parametrize("unit", [0.84, 1.0])
def test_an_accuracy_of_100_percent_has_room_beside_its_row(matrix, width, unit):
    matrix.set_unit(unit)
    matrix.resize(width, 900)
    text = QFontMetricsF(matrix.sized_font(10.5)).horizontalAdvance("100.00 %")
    assert matrix.box((0, 9)).right() + 6 * unit + text <= width


def dots(matrix: ConfusionMatrix, picture: np.ndarray) -> float:
    """How much of the empty corner between the heads, and of what is just around it, has the
    colour of the keyboard's mark."""
    corner = matrix.box((None, None)).toRect()
    return share_of(
        picture[corner.top() - 1 : corner.bottom() - 1, : corner.right() - 1], LIGHT.accent
    )


def test_no_mark_is_left_in_the_empty_corner_when_all_are_shown_again(matrix, chosen, seen):
    click(matrix, centre(matrix, (4, 9)))
    matrix.show_chosen((None, None))
    assert matrix.hasFocus() and dots(matrix, seen(matrix)) == 0


def test_the_keyboards_mark_is_seen_and_goes_on_from_where_it_was(matrix, chosen, seen):
    plain = seen(matrix)
    QTest.keyClick(matrix, Key.Key_End)
    QTest.keyClick(matrix, Key.Key_Down)
    QTest.keyClick(matrix, Key.Key_Return)
    assert chosen == [(0, 9)] and not np.array_equal(seen(matrix), plain)

    matrix.show_chosen((None, None))
    assert matrix.reached == (0, 9) and dots(matrix, seen(matrix)) == 0
    QTest.keyClick(matrix, Key.Key_Down)
    assert matrix.reached == (1, 9)


def test_where_the_keyboard_means_all_images_it_marks_all_squares(matrix, seen):
    plain = seen(matrix)
    QTest.keyClick(matrix, Key.Key_Left)
    marked = seen(matrix)
    assert matrix.reached == (None, None) and dots(matrix, marked) == 0
    edge = matrix.box((9, 9)).bottomRight().toPoint()
    assert not np.array_equal(
        marked[edge.y() - 60 : edge.y(), edge.x() - 2 : edge.x() + 2],
        plain[edge.y() - 60 : edge.y(), edge.x() - 2 : edge.x() + 2],
    )


@pytest.fixture(scope="module")
def any_matrix(qapp) -> ConfusionMatrix:
    matrix = ConfusionMatrix()
    matrix.resize(460, 540)
    return matrix


@given(
    pair=st.tuples(st.none() | st.integers(0, 9), st.none() | st.integers(0, 9)),
    across=st.floats(0.05, 0.95),
    down=st.floats(0.05, 0.95),
    size=st.tuples(st.integers(300, 900), st.integers(300, 900)),
)
def test_each_place_in_a_square_leads_back_to_it(any_matrix, pair, across, down, size):
    any_matrix.resize(*size)
    box = any_matrix.box(pair)
    place = QPoint(int(box.x() + across * box.width()), int(box.y() + down * box.height()))

    assert any_matrix.pair_at(place) == pair


def test_without_answers_it_is_quiet(matrix, seen):
    matrix.show_counts(np.zeros((10, 10), int), CLASSES)

    assert share_of(seen(matrix), LIGHT.accent) < 0.002


def test_other_classes_let_go_what_was_chosen(matrix, chosen):
    click(matrix, centre(matrix, (4, 9)))
    matrix.show_counts(np.eye(3, dtype=int), ("a", "b", "c"))

    assert matrix.reached == (None, None)
    assert matrix.box((2, 2)).width() > 0


def test_themes_colour_it(matrix, seen):
    matrix.set_theme(DARK)

    assert share_of(square(matrix, (4, 9), seen(matrix)), DARK.accent) == 1.0


def test_a_screen_reader_hears_the_pair_that_keys_reach(matrix, heard):
    QTest.keyClick(matrix, Qt.Key.Key_Down)
    assert heard == [matrix.describe(matrix.reached)]
    assert said_of(matrix).startswith(heard[0])


@pytest.mark.parametrize("size", [(200, 240), (280, 300), (336, 330), (460, 540)])
@pytest.mark.parametrize("unit", [0.84, 1.7])
def test_nothing_lies_over_anything_else_however_small_it_is(matrix, size, unit):
    matrix.show_counts(np.full((10, 10), 1129), CLASSES)
    matrix.set_unit(unit)
    matrix.resize(*size)
    with recorded() as cut:
        matrix.grab()
    assert [one for one in cut if "over" in one] == []
    inside = [one for one in cut if "1129" in one]
    assert inside == []
