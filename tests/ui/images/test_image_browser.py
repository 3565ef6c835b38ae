from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QWidget

from digitpad.core.errors import DigitpadError
from digitpad.core.results import NetworkInfo
from digitpad.datasets import LabelledDigits
from digitpad.ui.images.answers import Choice, Order
from digitpad.ui.images.image_browser import ImageBrowser
from digitpad.ui.shell.session import Session
from digitpad.ui.style.glide import GLIDE_MS
from digitpad.ui.style.screen import screen_of
from digitpad.ui.style.theme import DARK, LIGHT
from tests.support import PATIENCE_MS
from tests.ui.browsers import GARMENTS, click, images, shares, turn_wheel
from tests.ui.colours import share_of
from tests.ui.stubs import INFO, StubClient

Key, Alt = Qt.Key, Qt.KeyboardModifier.AltModifier
MISTAKES = {13: 8, 23: 5, 27: 1}
LESS_CERTAIN = {27: 0.6, 101: 0.55}
CLOTHES = {"classes": GARMENTS, "title": "LeNet", "metadata": {"dataset": "fashion-mnist"}}
OTHER = replace(INFO, network="lenet5-relu", title="LeNet, ReLU")

Open = Callable[..., ImageBrowser]


@pytest.fixture
def client(qtbot) -> StubClient:
    """The recogniser of the browser."""
    return StubClient()


@pytest.fixture
def asked() -> list[str]:
    """The data sets whose images were loaded."""
    return []


@pytest.fixture
def open_browser(qtbot, client, asked) -> Open:
    """Open the window on 300 images of any data set."""

    def load_images(name: str) -> LabelledDigits:
        asked.append(name)
        return images()

    def opened(
        info: NetworkInfo | None = INFO, load: Callable[[str], LabelledDigits] = load_images
    ) -> ImageBrowser:
        session = Session(client)
        if info is not None:
            client.is_up = True
            client.ready.emit(info)
        browser = ImageBrowser(session, load, LIGHT)
        session.setParent(browser)
        qtbot.addWidget(browser)
        reopen(qtbot, browser)
        return browser

    return opened


@pytest.fixture
def browser(open_browser, client) -> ImageBrowser:
    """All images are read."""
    browser = open_browser()
    read(client)
    return browser


def reopen(qtbot, browser: ImageBrowser) -> None:
    with qtbot.waitActive(browser, timeout=PATIENCE_MS):
        browser.show_again()
    qtbot.waitUntil(lambda: not browser._start_timer.isActive(), timeout=PATIENCE_MS)


def read(
    client: StubClient, first: int = 0, end: int = 300, mistakes=MISTAKES, certainty=LESS_CERTAIN
) -> None:
    """Let the images from first to end be read, of those that were asked for last."""
    asked_for = len(client.batches[-1])
    end = min(end, asked_for)
    part = slice(300 - asked_for + first, 300 - asked_for + end)
    probabilities, accepted = shares(images().labels, mistakes, certainty)
    client.batch_read.emit(first, probabilities[part], accepted[part])
    if end == asked_for:
        client.batch_finished.emit()


def choose_from(box: QComboBox, row: int) -> None:
    """With the mouse from the open list, which the space bar opens: after a click Qt waits out a
    double one."""
    QTest.keyClick(box, Key.Key_Space)
    view = box.view()
    click(view.viewport(), view.visualRect(view.model().index(row, 0)).center())


def square(browser: ImageBrowser, pair: tuple[int | None, int | None]) -> QPoint:
    return browser.matrix.box(pair).center().toPoint()


def cell(browser: ImageBrowser, position: int) -> QPoint:
    return browser.grid.box(position).center().toPoint()


def shown(browser: ImageBrowser) -> list[int]:
    return browser.grid.shown.tolist()


# Reading.


def test_until_the_network_has_loaded_it_says_so_and_nothing_is_loaded(open_browser, asked, client):
    browser = open_browser(info=None)
    assert browser.grid._emptiness == "The network is still loading."
    assert browser.title_label.text() == "Test images"
    assert not browser.choice_bar.isEnabled()
    assert browser.matrix.isHidden() and browser.detail.isHidden()
    assert (asked, client.batches) == ([], [])

    client.become_ready()
    assert asked == ["mnist"]
    assert len(client.batches[-1]) == 300
    assert browser.title_label.text() == "MNIST's test images, read by LeNet-5"
    assert (
        browser.matrix.isVisible() and browser.detail.isVisible() and browser.choice_bar.isEnabled()
    )


def test_all_images_are_there_at_once_and_their_answers_come_in_parts(open_browser, client):
    browser = open_browser()
    assert shown(browser) == list(range(300))
    assert browser.progress.isVisible() and browser.progress.value() == 0
    assert browser.detail.text == "Image 1: 0, not yet read"

    read(client, 0, 100)
    assert (browser.progress.value(), browser.progress.text()) == (100, "100 of 300 read")
    assert browser.totals_label.text().startswith(
        "100 of 300 read so far, 97 of them rightly: accuracy 97.00 %."
    )
    assert browser.matrix.describe((7, 1)) == "7 read as 1: 1"
    assert browser.detail.text.startswith("Image 1: 0, read as 0 (90.0 %)")

    read(client, 100, 300)
    assert browser.progress.isHidden()
    assert (
        browser.totals_label.text()
        == "297 of 300 read rightly: accuracy 99.00 %. 6 would be rejected."
    )


def test_closed_it_stops_reading_and_opened_again_it_reads_the_rest(open_browser, qtbot, client):
    browser = open_browser()
    read(client, 0, 120)
    browser.close()
    assert client.batches[-1] is None

    reopen(qtbot, browser)
    assert len(client.batches[-1]) == 180
    read(client)
    assert browser.answers.first_unread == 300
    assert browser.answers.is_mistake.sum() == 3


def test_opened_again_after_all_is_read_it_asks_for_nothing(browser, qtbot, client):
    browser.close()
    reopen(qtbot, browser)

    assert client.batches[1:] == [None]


def test_a_recogniser_that_was_started_again_reads_the_rest(open_browser, client):
    browser = open_browser()
    read(client, 0, 120)
    click(browser.grid.viewport(), cell(browser, 9))
    client.failed.emit("it stopped")
    assert "Nothing reads the images: it stopped." in browser.totals_label.text()
    assert browser.progress.isHidden()

    client.become_ready()
    assert len(client.batches[-1]) == 180
    assert browser.grid.current == 9
    assert browser.totals_label.text().startswith("120 of 300 read so far")


def test_another_network_reads_the_same_images_anew_where_they_are(browser, asked, client):
    browser.choose(Choice(label=7))
    click(browser.grid.viewport(), cell(browser, 2))
    assert browser.grid.current == 27
    client.ready.emit(OTHER)
    assert asked == ["mnist"]
    assert browser.title_label.text() == "MNIST's test images, read by LeNet, ReLU"
    assert browser.detail.text == "Image 28: 7, not yet read"
    assert browser.choice.label == 7

    read(client, mistakes={27: 4}, certainty={})
    assert browser.detail.text == "Image 28: 7, read as 4 (90.0 %), then 5 (10.0 %)"
    assert browser.matrix.describe((7, 1)) == "7 read as 1: 0"


def test_a_selected_image_stays_where_another_network_makes_no_mistake_with_it(browser, client):
    browser.choose(Choice(mistakes_only=True))
    assert browser.grid.current == 13
    client.ready.emit(OTHER)
    read(client, mistakes={50: 4}, certainty={})

    assert shown(browser) == [50]
    assert browser.detail.text.startswith("Image 14: 3, read as 3")
    assert browser.detail.pad_button.isEnabled()


def test_a_network_of_another_data_set_brings_its_own_images_and_their_names(
    browser, asked, client
):
    browser.choose(Choice(label=7, answer=1))
    client.become_ready(**CLOTHES)
    assert asked == ["mnist", "fashion-mnist"]
    assert browser.title_label.text() == "Fashion-MNIST's test images, read by LeNet"
    assert [browser.choice_bar.label_list.itemText(i) for i in (3, 5)] == ["pullover", "coat"]

    read(client)
    browser.choose(Choice(mistakes_only=True))
    assert browser.grid.caption(13) == "dress\n→ bag"
    assert browser.describe(13) == "Image 14: dress, read as bag (90.0 %), then ankle boot (10.0 %)"


def test_a_choice_of_a_digit_is_let_go_where_clothes_come(browser, client):
    choose_from(browser.choice_bar.label_list, 1 + 7)
    client.become_ready(**CLOTHES)
    assert browser.choice_bar.label_list.currentText() == "Any class"
    assert browser.choice == Choice() and len(shown(browser)) == 300
    assert browser.matrix.chosen == (None, None)


def test_what_is_chosen_beside_classes_stays_where_clothes_come(browser, client):
    order = Order.LEAST_CERTAIN_FIRST
    browser.choose(Choice(label=7, answer=1, mistakes_only=True, order=order))
    client.become_ready(**CLOTHES)
    assert browser.choice == Choice(mistakes_only=True, order=order)
    assert browser.choice_bar.mistakes_button.isChecked()
    assert browser.choice_bar.order_list.currentText() == "Least certain first"


def test_a_choice_of_a_class_that_the_next_network_does_not_have_is_let_go(browser, client):
    browser.choose(Choice(label=9, order=Order.MOST_CERTAIN_FIRST))
    client.become_ready(classes=("a", "b", "c"))

    assert browser.choice == Choice(order=Order.MOST_CERTAIN_FIRST)
    assert "a label is 9, but there are 3 classes" in browser.grid._emptiness


def test_closed_it_reads_nothing_when_another_network_comes(browser, qtbot, client):
    browser.close()
    client.ready.emit(OTHER)
    assert client.batches[-1] is None

    reopen(qtbot, browser)
    assert len(client.batches[-1]) == 300


def test_without_the_files_it_says_where_they_go_and_looks_again_when_opened_again(
    open_browser, qtbot, client
):
    there: list[LabelledDigits] = []

    def load(name: str) -> LabelledDigits:
        if not there:
            raise DigitpadError("MNIST is not here; put the four files somewhere")
        return there[0]

    browser = open_browser(load=load)
    assert (
        browser.grid._emptiness
        == "The test images cannot be shown: MNIST is not here; put the four files somewhere."
        == browser.trouble
    )
    assert browser.matrix.isHidden() and browser.detail.isHidden() and browser.progress.isHidden()
    assert not browser.choice_bar.isEnabled()

    browser.close()
    there.append(images())
    reopen(qtbot, browser)
    assert len(client.batches[-1]) == 300
    assert browser.trouble == "" and browser.matrix.isVisible()


# Choosing.


def test_mistakes_by_mouse_and_by_keyboard(browser, qtbot):
    button = browser.choice_bar.mistakes_button
    click(button, button.rect().center())
    assert shown(browser) == [13, 23, 27]
    assert browser.choice_bar.count_label.text() == "3 of 300 shown"
    assert browser.grid.current == 13

    QTest.keyClick(browser.grid, Key.Key_M, Alt)
    # Qt shows the button pressed for a moment.
    qtbot.waitUntil(lambda: len(shown(browser)) == 300, timeout=PATIENCE_MS)


def test_a_class_and_an_answer_by_mouse(browser):
    choose_from(browser.choice_bar.label_list, 1 + 7)
    assert shown(browser) == list(range(7, 300, 10))

    choose_from(browser.choice_bar.answer_list, 1 + 1)
    assert shown(browser) == [27]
    assert browser.matrix.chosen == (7, 1)


def test_a_class_by_keyboard(browser):
    browser.choice_bar.label_list.setFocus()
    for _ in range(3):
        QTest.keyClick(browser.choice_bar.label_list, Key.Key_Down)

    assert shown(browser) == list(range(2, 300, 10))


def test_by_certainty(browser, qtbot):
    choose_from(browser.choice_bar.order_list, list(Order).index(Order.LEAST_CERTAIN_FIRST))
    assert shown(browser)[:2] == [101, 27]

    QTest.keyClick(browser.grid, Key.Key_R, Alt)
    qtbot.waitUntil(lambda: sorted(shown(browser)) == list(range(49, 300, 50)), timeout=PATIENCE_MS)
    assert browser.choice == Choice(rejected_only=True, order=Order.LEAST_CERTAIN_FIRST)


def test_another_order_is_seen_from_its_top(browser, qtbot):
    bar = browser.grid.verticalScrollBar()
    for order in (Order.LEAST_CERTAIN_FIRST, Order.MOST_CERTAIN_FIRST, Order.AS_STORED):
        # The last image is selected, and in sight.
        QTest.keyClick(browser.grid, Key.Key_End)
        qtbot.waitUntil(lambda: bar.value() == bar.maximum(), timeout=PATIENCE_MS)
        choose_from(browser.choice_bar.order_list, list(Order).index(order))
        qtbot.wait(2 * GLIDE_MS)
        assert bar.value() == 0
        assert browser.grid.current == shown(browser)[0]


def test_another_filter_keeps_the_selected_image_in_sight(browser, qtbot):
    browser.choose(Choice(label=7))
    click(browser.grid.viewport(), cell(browser, 20))
    image = browser.grid.current
    browser.choose(Choice())
    qtbot.wait(2 * GLIDE_MS)
    assert browser.grid.current == image == 207
    assert browser.grid.viewport().rect().contains(browser.grid.box(image).toRect())


def test_a_square_of_the_matrix_shows_its_images_and_clicked_again_all(browser):
    browser.choose(Choice(mistakes_only=True, order=Order.MOST_CERTAIN_FIRST))
    click(browser.matrix, square(browser, (7, 1)))
    assert shown(browser) == [27]
    # The order stays; what else was chosen gives way to the square.
    assert browser.choice == Choice(label=7, answer=1, order=Order.MOST_CERTAIN_FIRST)
    assert browser.choice_bar.label_list.currentText() == "7"
    assert browser.choice_bar.answer_list.currentText() == "Read as 1"

    click(browser.matrix, square(browser, (7, 1)))
    assert len(shown(browser)) == 300

    click(browser.matrix, square(browser, (None, 1)))
    assert sorted(shown(browser)) == sorted([*range(1, 300, 10), 27])


def test_the_matrix_by_keyboard(browser):
    QTest.keyClick(browser.grid, Key.Key_Tab)
    assert browser.matrix.hasFocus()
    for key in (Key.Key_Home, Key.Key_Down, *[Key.Key_Down] * 7, Key.Key_Right):
        QTest.keyClick(browser.matrix, key)
    QTest.keyClick(browser.matrix, Key.Key_Return)

    assert shown(browser) == [27]


def test_where_nothing_fits_it_says_so(open_browser, client):
    browser = open_browser()
    browser.choose(Choice(label=4, mistakes_only=True))
    assert (
        browser.grid._emptiness
        == "Nothing that is read so far fits: 4, mistakes only.\nEsc shows all of them."
    )

    read(client)
    assert browser.grid._emptiness == "Nothing fits: 4, mistakes only.\nEsc shows all of them."
    assert browser.choice_bar.count_label.text() == "0 of 300 shown"
    assert browser.grid.current is None and not browser.detail.pad_button.isEnabled()


def test_mistakes_come_in_as_they_are_read_and_nothing_scrolls(open_browser, client):
    browser = open_browser()
    browser.choose(Choice(mistakes_only=True))
    read(client, 0, 20)
    assert shown(browser) == [13]

    read(client, 20, 300)
    assert shown(browser) == [13, 23, 27]

    browser.choose(Choice())
    turn_wheel(browser.grid.viewport(), pixels=70)
    client.batch_read.emit(0, *shares(images().labels))
    assert browser.grid.verticalScrollBar().value() == 70


def test_escape_shows_all_then_closes(browser):
    choose_from(browser.choice_bar.order_list, 2)
    browser.choose(replace(browser.choice, mistakes_only=True))
    QTest.keyClick(browser.grid, Key.Key_Escape)
    assert browser.isVisible() and browser.choice == Choice(order=Order.CLOSEST_FIRST)

    QTest.keyClick(browser.grid, Key.Key_Escape)
    assert not browser.isVisible()


def test_the_systems_key_for_closing_closes(browser):
    QTest.keyClick(browser.grid, Key.Key_W, Qt.KeyboardModifier.ControlModifier)

    assert not browser.isVisible()


def test_show_all_by_mouse(browser):
    button = browser.choice_bar.all_button
    assert not button.isEnabled()
    browser.choose(Choice(mistakes_only=True))
    click(button, button.rect().center())

    assert browser.choice.is_everything and not browser.choice_bar.mistakes_button.isChecked()


# Onto the pad.


def test_an_image_onto_the_pad_by_double_click_by_enter_and_by_the_button(browser, qtbot):
    def chosen(act: Callable[[], None]) -> tuple[np.ndarray, str]:
        with qtbot.waitSignal(browser.image_chosen, timeout=PATIENCE_MS) as signal:
            act()
        return tuple(signal.args)

    viewport, button = browser.grid.viewport(), browser.detail.pad_button
    digit, name = chosen(
        lambda: QTest.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=cell(browser, 7))
    )
    assert name == "7" and np.array_equal(digit, images().digits[7])
    # It is the receiver's own.
    digit[:] = 0
    assert browser.reading.images.digits[7].any()

    click(viewport, cell(browser, 7))
    QTest.keyClick(browser.grid, Key.Key_Right)
    assert chosen(lambda: QTest.keyClick(browser.grid, Key.Key_Return))[1] == "8"
    assert chosen(lambda: click(button, button.rect().center()))[1] == "8"


# What is seen.


def test_tab_goes_through_all_parts_from_left_to_right(browser):
    bar = browser.choice_bar
    browser.choose(Choice(mistakes_only=True))
    browser.grid.setFocus()
    order = [
        bar.label_list,
        bar.answer_list,
        bar.mistakes_button,
        bar.rejected_button,
        bar.all_button,
        bar.order_list,
    ]
    for part in (browser.matrix, browser.detail.pad_button, *order, browser.grid):
        QTest.keyClick(QApplication.focusWidget(), Key.Key_Tab)
        assert QApplication.focusWidget() is part


@pytest.mark.parametrize("info", [{}, CLOTHES], ids=["digits", "garments"])
@pytest.mark.parametrize("size", [(800, 560), (900, 600), (1280, 800), (2560, 1600)])
def test_nothing_is_cut_or_covered_at_any_size(open_browser, qtbot, size, info, client):
    browser = open_browser(replace(INFO, **info))
    read(client)
    browser.choose(Choice(mistakes_only=True))
    browser.resize(*size)
    qtbot.wait(1)  # lay out what is to be laid out
    bar = browser.choice_bar
    row = [
        bar.label_list,
        bar.answer_list,
        bar.mistakes_button,
        bar.rejected_button,
        bar.all_button,
        bar.count_label,
    ]
    row.append(bar.order_list)

    def right(part: QWidget) -> int:
        return part.mapTo(browser, part.rect().topRight()).x()

    assert all(right(one) < other.mapTo(browser, QPoint(0, 0)).x() for one, other in pairwise(row))
    assert right(bar.order_list) < browser.width()
    assert all(part.width() >= part.sizeHint().width() for part in row)
    parts = [browser.title_label, bar, browser.grid, browser.matrix, browser.detail]
    assert all(browser.rect().contains(part.geometry()) for part in parts)
    assert not any(
        one.geometry().intersects(other.geometry())
        for one in parts
        for other in parts
        if one is not other
    )
    assert browser.grid.viewport().rect().contains(browser.grid.box(2).toRect())


def test_it_opens_no_larger_than_its_screen(browser):
    room = screen_of(browser).availableGeometry().size()
    assert browser.frameGeometry().width() <= room.width()
    assert browser.frameGeometry().height() <= room.height()
    assert browser.minimumWidth() <= room.width() and browser.minimumHeight() <= room.height()


def test_its_parts_do_not_move_while_it_reads(open_browser, qtbot, client):
    browser = open_browser()
    qtbot.wait(1)

    def places() -> list:
        return [
            part.geometry()
            for part in (browser.choice_bar, browser.grid, browser.matrix, browser.detail)
        ]

    before = places()
    read(client, 0, 100)
    qtbot.wait(1)
    assert places() == before
    read(client, 100, 300)
    qtbot.wait(1)
    assert places() == before


def test_themes_colour_all_of_it(browser, seen):
    light = seen(browser)
    browser.set_theme(DARK)
    dark = seen(browser)

    assert share_of(light, LIGHT.ground) > 0.3 and share_of(dark, DARK.ground) > 0.3
    assert share_of(dark, LIGHT.ground) < 0.01


def test_whoever_is_here_first_is_told_to_look_at_mistakes(qtbot, browser):
    hints = browser.hint._session.hints
    hints.begin(())
    browser.close()
    reopen(qtbot, browser)
    assert "Mistakes only" in browser.hint.text
    assert not browser.hint.geometry().intersects(browser.grid.geometry())
    top = browser.grid.y()
    qtbot.mouseClick(browser.choice_bar.mistakes_button, Qt.MouseButton.LeftButton)
    assert browser.hint.text == "" and hints.seen == ("images",)
    qtbot.waitUntil(lambda: browser.grid.y() < top)
