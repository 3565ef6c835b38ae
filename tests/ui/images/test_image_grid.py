from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolTip

from digitpad.ui.images.answers import Answers
from digitpad.ui.images.image_grid import ImageGrid
from digitpad.ui.style.theme import DARK, LIGHT
from tests.support import PATIENCE_MS
from tests.ui.browsers import CLASSES, GARMENTS, answered, click, images, tip_at, turn_wheel
from tests.ui.colours import rgb, share_of
from tests.ui.hearing import said_of

Key = Qt.Key
WIDTH, HEIGHT = 500, 400


@pytest.fixture
def grid(qtbot) -> ImageGrid:
    """300 images, all read, image 3 as a 9."""
    grid = ImageGrid()
    qtbot.addWidget(grid)
    grid.setFrameShape(grid.Shape.NoFrame)
    grid.resize(WIDTH, HEIGHT)
    show(grid, CLASSES)
    with qtbot.waitActive(grid, timeout=PATIENCE_MS):
        grid.show()
    grid.setFocus()
    return grid


def show(grid: ImageGrid, classes: tuple[str, ...], answers: Answers | None = None) -> None:
    some = images()
    answers = answers or answered(some.labels, {3: 9})
    grid.show_images(some.digits, classes, answers, lambda image: f"image {image}")


def at_rest(qtbot, grid: ImageGrid) -> None:
    """Wait until it has glided where it is bound."""
    qtbot.waitUntil(
        lambda: grid.verticalScrollBar().value() == grid._glide.bound, timeout=PATIENCE_MS
    )


def centre(grid: ImageGrid, position: int):
    return grid.box(position).center().toPoint()


def columns(grid: ImageGrid) -> int:
    return grid.lattice.columns


def test_clicking_an_image_selects_it(grid):
    click(grid.viewport(), centre(grid, 4))
    assert grid.current == 4

    grid.show_chosen(np.array([40, 50, 60]))
    click(grid.viewport(), centre(grid, 2))
    assert grid.current == 60


def test_clicking_between_images_leaves_the_selection(grid):
    click(grid.viewport(), centre(grid, 4))
    click(grid.viewport(), QPoint(2, 2))

    assert grid.current == 4


def test_a_double_click_chooses_an_image(grid, qtbot):
    with qtbot.waitSignal(grid.image_chosen, timeout=PATIENCE_MS) as chosen:
        QTest.mouseDClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=centre(grid, 6))

    assert chosen.args == [6]


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Enter])
def test_enter_chooses_the_selected_image(grid, qtbot, key):
    QTest.keyClick(grid, Key.Key_Right)
    QTest.keyClick(grid, Key.Key_Right)
    with qtbot.waitSignal(grid.image_chosen, timeout=PATIENCE_MS) as chosen:
        QTest.keyClick(grid, key)

    assert chosen.args == [1]


def test_enter_chooses_nothing_where_nothing_is_selected(grid, qtbot):
    with qtbot.assertNotEmitted(grid.image_chosen):
        QTest.keyClick(grid, Key.Key_Return)


def test_arrow_keys_walk_over_the_images(grid):
    QTest.keyClick(grid, Key.Key_Down)
    assert grid.current == 0
    QTest.keyClick(grid, Key.Key_Down)
    assert grid.current == columns(grid)
    QTest.keyClick(grid, Key.Key_Left)
    assert grid.current == columns(grid) - 1
    QTest.keyClick(grid, Key.Key_Up)
    assert grid.current == columns(grid) - 1
    QTest.keyClick(grid, Key.Key_Right)
    assert grid.current == columns(grid)


def test_home_end_and_pages_walk_far_and_what_is_selected_comes_into_sight(grid, qtbot):
    QTest.keyClick(grid, Key.Key_End)
    at_rest(qtbot, grid)
    assert grid.current == 299
    assert grid.viewport().rect().contains(grid.box(299).toRect())

    QTest.keyClick(grid, Key.Key_Right)
    assert grid.current == 299

    QTest.keyClick(grid, Key.Key_PageUp)
    at_rest(qtbot, grid)
    page = grid.lattice.rows_in(grid.viewport().height())
    assert grid.current == 299 - page * columns(grid)
    assert grid.viewport().rect().contains(grid.box(grid.current).toRect())

    QTest.keyClick(grid, Key.Key_PageDown)
    assert grid.current == 299

    QTest.keyClick(grid, Key.Key_Home)
    at_rest(qtbot, grid)
    assert grid.current == 0
    assert grid.verticalScrollBar().value() == 0


def test_the_keyboard_is_left_to_others_where_there_is_nothing(grid):
    grid.show_chosen(np.zeros(0, np.int64))
    QTest.keyClick(grid, Key.Key_Down)

    assert grid.current is None


def test_a_wheels_notch_glides_on_by_a_row_and_notches_add_up(grid, qtbot):
    row = grid.lattice.row_pitch
    turn_wheel(grid.viewport(), notches=1)
    turn_wheel(grid.viewport(), notches=1)
    at_rest(qtbot, grid)

    assert grid.verticalScrollBar().value() == 2 * row


def test_a_touchpads_pixels_are_followed_at_once(grid):
    turn_wheel(grid.viewport(), pixels=33)
    assert grid.verticalScrollBar().value() == 33

    turn_wheel(grid.viewport(), pixels=-100)
    assert grid.verticalScrollBar().value() == 0


def test_scrolling_shows_what_painting_all_anew_would(grid, seen):
    click(grid.viewport(), centre(grid, 2 * columns(grid) + 1))
    for pixels in (33, 41, 7, -20, 350, -5):
        turn_wheel(grid.viewport(), pixels=pixels)
        scrolled = seen(grid.viewport())
        grid.viewport().update()

        assert np.array_equal(scrolled, seen(grid.viewport()))


def test_scrolling_paints_only_what_comes_into_sight(grid, qtbot, monkeypatch):
    qtbot.wait(1)
    heights = []
    paint = ImageGrid.paintEvent
    monkeypatch.setattr(
        grid,
        "paintEvent",
        lambda event: (heights.append(event.rect().height()), paint(grid, event)),
    )
    turn_wheel(grid.viewport(), pixels=20)
    qtbot.waitUntil(lambda: bool(heights), timeout=PATIENCE_MS)

    assert heights == [20]


def test_pictures_are_crisp_and_true_wherever_it_is_scrolled(grid, seen):
    for scrolled in (0, 1, 37):
        grid.scroll_to(scrolled)
        position = 2 * columns(grid) + 1
        box = grid.box(position)
        scale = grid.enlargement
        left = round(box.x() + (box.width() - 28 * scale) / 2)
        picture = seen(grid.viewport())[round(box.y()) :, left:][: 28 * scale, : 28 * scale]

        label = position % 10
        expected = np.full((28, 28), 20 * label)
        expected[0, 0] = 255
        paper, ink = rgb(LIGHT.paper), rgb(LIGHT.ink)
        colours = paper + (expected / 255)[..., None] * (ink - paper)
        assert np.abs(picture.astype(int) - colours.repeat(scale, 0).repeat(scale, 1)).max() <= 1


def test_a_mistake_stands_out_and_what_is_right_is_quiet(grid, seen):
    def frame_and_caption(position: int) -> np.ndarray:
        box = grid.box(position).toRect()
        return seen(grid.viewport())[box.top() : box.bottom() + 1, box.left() : box.right() + 1]

    assert share_of(frame_and_caption(3), LIGHT.accent) > 0.02
    assert share_of(frame_and_caption(4), LIGHT.accent) == 0.0


def test_captions_say_what_an_image_is_and_what_it_was_read_as(grid):
    assert grid.caption(3) == "3 → 9"
    assert grid.caption(4) == "4"

    show(grid, GARMENTS)
    assert grid.caption(3) == "dress\n→ ankle boot"


def test_images_that_are_not_read_are_pale(grid, seen):
    def darkest(position: int) -> int:
        box = grid.box(position).toRect()
        return int(
            seen(grid.viewport())[
                box.top() + 2 : box.top() + 40, box.left() + 8 : box.right() - 8
            ].min()
        )

    dark = darkest(9)
    show(grid, CLASSES, Answers(images().labels, 10))

    assert darkest(9) > dark + 40


def test_an_answer_repaints_only_where_it_is_seen(grid, qtbot):
    some = images()
    answers = Answers(some.labels, 10)
    show(grid, CLASSES, answers)
    qtbot.wait(1)
    painted = []
    grid.viewport().installEventFilter(grid)
    grid.eventFilter = lambda watched, event: (
        painted.append(1) if event.type() == event.Type.Paint else None or False
    )
    full = answered(some.labels)

    answers.take(200, full.probabilities[200:], full.accepted[200:])
    grid.grow(np.arange(300))
    qtbot.wait(1)
    assert not painted

    answers.take(0, full.probabilities[:10], full.accepted[:10])
    grid.grow(np.arange(300))
    qtbot.wait(1)
    assert painted


def test_names_of_classes_have_room(grid):
    narrow = grid.lattice.cell_width
    show(grid, GARMENTS)

    assert grid.lattice.cell_width >= grid.fontMetrics().horizontalAdvance("→ ankle boot") * 0.7
    assert grid.lattice.cell_width > narrow
    assert grid.lattice.cell_height > 28 * grid.enlargement + 20


def test_the_tool_tip_describes_the_image_under_the_pointer(grid, qtbot):
    assert tip_at(grid.viewport(), centre(grid, 5)) == "image 5"
    tip_at(grid.viewport(), QPoint(2, 2))
    qtbot.waitUntil(lambda: not QToolTip.isVisible(), timeout=PATIENCE_MS)


def test_screen_readers_hear_of_the_selected_image(grid):
    click(grid.viewport(), centre(grid, 5))

    assert grid.accessibleName() == "Test images"
    assert said_of(grid) == "image 5"


def test_another_choice_keeps_the_selected_image_where_it_is_among_them(grid, qtbot):
    click(grid.viewport(), centre(grid, 7))
    grid.show_chosen(np.arange(299, -1, -1))
    at_rest(qtbot, grid)
    assert grid.current == 7
    assert grid.viewport().rect().contains(grid.box(292).toRect())

    grid.show_chosen(np.array([5, 6]))
    assert grid.current == 5

    grid.show_chosen(np.zeros(0, np.int64))
    assert grid.current is None


def test_from_the_top_the_first_image_is_selected_and_seen(grid, qtbot):
    click(grid.viewport(), centre(grid, 7))
    grid.show_chosen(np.arange(299, -1, -1), from_top=True)
    at_rest(qtbot, grid)
    assert grid.current == 299 and grid.verticalScrollBar().value() == 0


def test_growing_neither_scrolls_nor_selects(grid):
    grid.show_chosen(np.arange(0, 300, 2))
    click(grid.viewport(), centre(grid, 1))
    grid.scroll_to(55)
    grid.grow(np.arange(300))

    assert grid.current == 2
    assert grid.verticalScrollBar().value() == 55

    grid.grow(np.array([5]))
    assert grid.current == 2


def test_a_new_width_keeps_the_first_row_in_sight(grid, qtbot):
    QTest.keyClick(grid, Key.Key_End)
    at_rest(qtbot, grid)
    grid.scroll_to(20 * grid.lattice.row_pitch)
    first = 20 * columns(grid)
    grid.resize(WIDTH + 160, HEIGHT)

    box = grid.box(first)
    assert -box.height() < box.top() < grid.viewport().height()


def test_emptiness_is_explained(grid, seen):
    grid.show_chosen(np.zeros(0, np.int64))
    blank = seen(grid.viewport())
    grid.say("Nothing fits.")

    assert share_of(blank, LIGHT.ground) == 1.0
    assert share_of(seen(grid.viewport()), LIGHT.ground) < 1.0


def test_a_grid_narrower_than_an_image_is_painted(grid, qtbot):
    grid.resize(30, 60)
    qtbot.wait(1)

    assert columns(grid) == 1


def test_themes_colour_it(grid, seen):
    grid.set_theme(DARK)

    assert share_of(seen(grid.viewport()), DARK.ground) > 0.15
    assert share_of(seen(grid.viewport()), LIGHT.ground) < 0.02


def test_a_larger_unit_makes_larger_images(grid):
    before = grid.enlargement
    grid.set_unit(2.0)

    assert grid.enlargement == 2 * before
