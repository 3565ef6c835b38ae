"""Everything that the mouse can do, by a finger: real touches, of which Qt makes a mouse where no
widget takes them itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from unittest.mock import patch

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QScroller, QWidget

from digitpad.core.constants import NON_DIGIT
from digitpad.explain.fields import INPUT
from digitpad.nets.spec.opened_networks import OpenedFile
from digitpad.ui.explain.pieces_tint import middle_of
from digitpad.ui.explain.why_words import WhyMode
from digitpad.ui.images.drawings_sheet import DrawingsSheet
from digitpad.ui.images.image_browser import ImageBrowser
from digitpad.ui.images.picture_sheet import PictureSheet
from digitpad.ui.network.unit_marks import unit_box
from digitpad.ui.shell.main_window import MainWindow
from digitpad.ui.shell.network_choice import NetworkChoice
from digitpad.ui.shell.network_rows import NETWORK, removal_box
from digitpad.ui.shell.offer_bar import Deed as Offered
from digitpad.ui.shell.opening_card import Offer
from digitpad.ui.shell.settings_dialog import SettingsDialog
from digitpad.ui.shell.states import Mode
from digitpad.ui.training.game_window import GameWindow
from digitpad.ui.training.teach_window import Step as Teaching
from digitpad.ui.training.teach_window import TeachWindow
from digitpad.ui.training.train_dialog import TrainDialog
from digitpad.ui.training.versions_window import VersionsWindow
from tests.ui.deeds import DEEDS
from tests.ui.papers import FOUR, TWO, ink_of, paper, saved
from tests.ui.pointers import Finger, Point, quick_fingers, rest
from tests.ui.training.fake_teacher import command_of
from tests.ui.whole_window import (
    FOUR_AND_TWO,
    at_rest,
    opened_window,
    reads_with,
    until,
    whole_window,
)

BY_TOUCH: dict[str, Callable[[MainWindow], None]] = {}


@pytest.fixture(scope="module")
def working(qapp, tmp_path_factory) -> Iterator[MainWindow]:
    with whole_window(tmp_path_factory.mktemp("data")) as window, quick_fingers():
        yield window


def deed(name: str) -> Callable[[Callable[[MainWindow], None]], Callable[[MainWindow], None]]:
    """What does the deed of this name."""

    def note(does: Callable[[MainWindow], None]) -> Callable[[MainWindow], None]:
        BY_TOUCH[name] = does
        return does

    return note


def tap(widget: QWidget, at: QPointF | Point | None = None) -> None:
    place = (at.x(), at.y()) if isinstance(at, QPointF) else at
    assert widget.isVisible() and widget.isEnabled()
    Finger(widget).tap(place)


def hold(widget: QWidget, at: Point) -> QMenu:
    """Let a finger rest until a menu opens; the menu."""
    finger = Finger(widget)
    finger.press(at)
    rest()
    finger.release(at)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def take(menu: QMenu, words: str) -> None:
    """Tap what a menu offers."""
    action = next(one for one in menu.actions() if one.text().replace("&", "").startswith(words))
    tap(menu, QPointF(menu.actionGeometry(action).center()))


def action_of(window: MainWindow, name: str) -> None:
    """What has no button is in the menus, which are tapped as in "menus: choose"."""
    window.actions_by_name[name].trigger()


def square(window: MainWindow, layer: str, unit: tuple[int, int, int]) -> QPointF:
    return unit_box(window.network_view.panel(layer).squares, unit).center()


def answered(window: MainWindow):
    panel = window.drawer.panel
    assert panel is not None
    until(lambda: not getattr(panel, "shown", panel).is_waiting)
    return panel


def opened(window: MainWindow, tool: str):
    """A tool, by Why? and its name in the drawer."""
    tap(window.answer_panel.verbs.buttons[0])
    until(window.drawer.isVisible)
    if tool != "why":
        tap(window.drawer.buttons[tool])
    assert window.drawer.open_tool == tool
    return answered(window)


# The pad, the buttons beneath it, the menu bar.


def stroke(canvas: QWidget) -> None:
    side = min(canvas.width(), canvas.height())
    Finger(canvas).swipe((0.4 * side, 0.3 * side), (0.5 * side, 0.7 * side))


@deed("pad: draw")
def _(window: MainWindow) -> None:
    marks = len(window.session.pad.drawing)
    stroke(window.canvas)
    assert len(window.session.pad.drawing) == marks + 1


@deed("pad: rub out")
def _(window: MainWindow) -> None:
    tap(window.tools.button("eraser"))
    stroke(window.canvas)
    assert window.session.pad.drawing.marks[-1].erases


@deed("tools: buttons")
def _(window: MainWindow) -> None:
    tap(window.tools.button("clear"))
    assert window.session.pad.is_empty
    tap(window.tools.button("undo"))
    assert not window.session.pad.is_empty


@deed("tools: pen width")
def _(window: MainWindow) -> None:
    width, slider = window.session.pad.pen_width, window.tools.width_slider
    middle = slider.height() / 2
    share = (slider.value() - slider.minimum()) / (slider.maximum() - slider.minimum())
    handle = 8 + share * (slider.width() - 16)
    Finger(slider).swipe((handle, middle), (0.9 * slider.width(), middle))
    assert window.session.pad.pen_width > width
    window.session.pad.set_pen_width(width)


@deed("menus: choose")
def _(window: MainWindow) -> None:
    bar = window.menuBar()
    tap(bar, QPointF(bar.actionGeometry(bar.actions()[1]).center()))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    take(menu, "Clear")
    assert window.session.pad.is_empty


# Settings.


@deed("settings: change one")
def _(window: MainWindow) -> None:
    action_of(window, "settings")
    dialog = opened_window(SettingsDialog)
    before = dialog.theme.value
    tap(dialog.theme)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    take(menu, "Dark")
    assert dialog.theme.value == "dark" != before


# The input and the network.


@deed("input: a pixel's ink")
def _(window: MainWindow) -> None:
    view = window.digit_view
    cell = view.box().width() / 28
    tap(view, view.box().topLeft() + QPointF(10.5 * cell, 5.5 * cell))
    assert view.pixel == (5, 10)


@deed("network: point at a unit")
def _(window: MainWindow) -> None:
    tap(window.network_view.panel("C3"), square(window, "C3", (0, 4, 4)))
    unit = window.session.selection.shown
    assert unit is not None and unit.layer.name == "C3"
    assert {"C1", "S2", INPUT} <= set(window.session.selection.fields)


@deed("network: pin a unit")
def _(window: MainWindow) -> None:
    tap(window.network_view.panel("C3"), square(window, "C3", (0, 4, 4)))
    assert window.session.selection.pinned is not None
    until(lambda: window.drawer.open_tool == "unit")


@deed("network: enlarge a layer")
def _(window: MainWindow) -> None:
    panel = window.network_view.panel("C1")
    tap(panel, (12, 8))
    assert window.network_view.enlarged == "C1"
    tap(panel, (12, 8))
    assert window.network_view.enlarged is None


@deed("network: hidden maps")
def _(window: MainWindow) -> None:
    opened(window, "why")
    action_of(window, "keep")
    window.resize(800, 560)
    panels = window.network_view.panels.values()
    panel = next(one for one in panels if one.squares.last_row > 0)
    x, foot = panel.width() / 2, panel.height() - 8
    Finger(panel).swipe((x, foot), (x, panel.title_height + 4))
    QScroller.scroller(panel).stop()
    assert panel.squares.first_row > 0 and window.session.selection.pinned is None


@deed("network: a layer's menu")
def _(window: MainWindow) -> None:
    at = square(window, "C3", (0, 4, 4))
    take(hold(window.network_view.panel("C3"), (at.x(), at.y())), "Its kernels")
    assert window.drawer.open_tool == "kernels" and window.drawer.panel.layer.name == "C3"


@deed("network: a table's column")
def _(window: MainWindow) -> None:
    choose_network(window, "1998")
    table = window.network_view.table("C3")
    tap(table, table.cell_box(2, 4).center())
    assert table.current == 4
    choose_network(window, "LeNet-5")


# The answer.


@deed("answer: ask why")
def _(window: MainWindow) -> None:
    assert opened(window, "why").text.startswith("7 leads ")


@deed("answer: against which digit")
def _(window: MainWindow) -> None:
    panel, bars = opened(window, "why"), window.answer_panel.class_choice
    tap(bars, (20, 3.5 * bars.height() / 10))
    until(lambda: panel.ink.title() == "Why 7, not 3?")


@deed("answer: say what it is")
def _(window: MainWindow) -> None:
    tap(window.answer_panel.verbs.buttons[2])
    tap(window.answer_panel.label_row.buttons[9])
    assert window.session.label.name == "9"


@deed("answer: one digit of several")
def _(window: MainWindow) -> None:
    window.session.pad.show_marks(FOUR_AND_TWO)
    choice = window.answer_panel.digit_choice
    until(lambda: len(choice.buttons) == 2)
    tap(choice.buttons[1])
    assert len(window.session.pad.drawing) == 1


# The drawer.


@deed("drawer: open and close")
def _(window: MainWindow) -> None:
    opened(window, "history")
    tap(window.drawer.close_button)
    assert not window.drawer.isVisible()


@deed("drawer: six decimals")
def _(window: MainWindow) -> None:
    tap(window.network_view.panel("C3"), square(window, "C3", (0, 4, 4)))
    until(lambda: window.drawer.open_tool == "unit")
    card = answered(window)
    until(card.exact.isVisible)
    tap(card.exact)
    assert card.decimals == 6
    tap(card.exact)


@deed("kernels: choose a layer")
def _(window: MainWindow) -> None:
    panel = opened(window, "kernels")
    tap(panel.buttons.by_name["C3"])
    assert panel.layer.name == "C3"


@deed("kernels: a weight")
def _(window: MainWindow) -> None:
    panel = opened(window, "kernels")
    assert "row 1, column 1" not in panel._words(panel._sheet())[0]
    tap(panel, panel._box().topLeft() + QPointF(1, 1))
    assert "row 1, column 1" in panel._words(panel._sheet())[0]


@deed("why: what is pictured")
def _(window: MainWindow) -> None:
    panel = opened(window, "why")
    for mode, button in panel.buttons.items():
        tap(button)
        assert panel.mode is mode
        answered(window)


@deed("why: take a piece away")
def _(window: MainWindow) -> None:
    why = opened(window, "why")
    tap(why.buttons[WhyMode.PIECES])
    answered(window)
    picture, whole = why.pieces.picture, window.session.recognition.logits.copy()
    field = picture._square()
    x, y = (one * field.width() / 280 for one in middle_of(why.pieces.result.pieces[1]))
    at = QPointF(field.x() + x, field.y() + y)
    tap(picture, at)
    assert len(why.pieces.removed) == 1
    until(lambda: not np.allclose(window.session.recognition.logits, whole))
    tap(picture, at)
    assert not why.pieces.removed
    until(lambda: np.allclose(window.session.recognition.logits, whole))


@deed("history: go to a step")
def _(window: MainWindow) -> None:
    panel = opened(window, "history")
    box = panel.chart.scale().box
    y = box.center().y()
    Finger(panel.chart).swipe((box.right() - 5, y), (box.center().x(), y))
    assert 0 < panel.step < panel.slider.maximum()


@deed("history: play")
def _(window: MainWindow) -> None:
    panel = opened(window, "history")
    tap(panel.play_button)
    assert panel.is_playing
    tap(panel.play_button)
    assert not panel.is_playing


@deed("road: a step")
def _(window: MainWindow) -> None:
    panel = opened(window, "normalisation")
    tap(panel, panel.boxes()[1].center())
    assert panel.current == 1 and window.session.overlay.box is not None


@deed("sweeps: a value")
def _(window: MainWindow) -> None:
    chart = next(iter(opened(window, "sweeps").charts.values()))
    box = chart.scale().box
    tap(chart, (box.x() + 0.9 * box.width(), box.center().y()))
    assert chart.current > chart.sweep.neutral


def film_is_left(window: MainWindow, panel) -> None:
    until(lambda: not panel.is_waiting)
    tap(window.drawer.close_button)
    assert not window.drawer.isVisible()
    until(lambda: not panel.player.is_open and not panel.player.is_busy)


@deed("film: go to a snapshot")
def _(window: MainWindow) -> None:
    panel = opened(window, "film")
    tap(panel.chart, (panel.chart.along(3), 6))
    assert panel.slider.value() == 3
    film_is_left(window, panel)


@deed("film: a curve's point")
def _(window: MainWindow) -> None:
    panel = opened(window, "film")
    tap(panel.chart, (panel.chart.along(5), panel.chart.plot.center().y()))
    assert "loss" in panel.lines[0]
    film_is_left(window, panel)


# Comparing, networks.


def row_of(choice: NetworkChoice, words: str) -> QPointF:
    rows = [choice.list.item(n) for n in range(choice.list.count())]
    item = next(one for one in rows if words in one.text())
    choice.list.scrollToItem(item)
    return QPointF(choice.list.visualItemRect(item).center())


def choose_network(window: MainWindow, words: str) -> None:
    tap(window.status_line.network_button)
    choice = QApplication.activePopupWidget()
    assert isinstance(choice, NetworkChoice)
    at = row_of(choice, words)
    chosen = choice.list.itemAt(at.toPoint()).data(NETWORK)
    tap(choice.list.viewport(), at)
    until(lambda: reads_with(window, chosen))


@deed("compare: with another")
def _(window: MainWindow) -> None:
    tap(window.status_line.button("compare"))
    choice = QApplication.activePopupWidget()
    assert isinstance(choice, NetworkChoice)
    tap(choice.list.viewport(), row_of(choice, "ReLU"))
    until(lambda: window.session.mode is Mode.SECOND and window.session.second is not None)
    tap(window.status_line.button("compare"))
    assert window.session.mode is Mode.SINGLE


@deed("compare: a heading's list")
def _(window: MainWindow) -> None:
    action_of(window, "keep")
    tap(window.comparison.upper_heading)
    assert isinstance(QApplication.activePopupWidget(), NetworkChoice)


@deed("foot: list of networks")
def _(window: MainWindow) -> None:
    tap(window.status_line.network_button)
    choice = QApplication.activePopupWidget()
    assert isinstance(choice, NetworkChoice)
    tap(choice.search)
    assert choice.search.hasFocus()


@deed("foot: take a file off the list")
def _(window: MainWindow) -> None:
    opened_files = window.dialogs._opened
    opened_files.add(OpenedFile(Path("/some/mine.safetensors"), "lenet5", "Mine", 61_706))
    tap(window.status_line.network_button)
    choice = QApplication.activePopupWidget()
    assert isinstance(choice, NetworkChoice)
    row_of(choice, "Mine")
    item = next(
        choice.list.item(n)
        for n in range(choice.list.count())
        if choice.list.item(n).text() == "Mine"
    )
    cross = removal_box(choice.list.visualItemRect(item), choice.unit)
    tap(choice.list.viewport(), QPointF(cross.center()))
    assert not [one for one in opened_files.read() if one.title == "Mine"]


@deed("foot: the card about it")
def _(window: MainWindow) -> None:
    window.resize(800, 560)
    tap(window.status_line.button("about"))
    text = window.dialogs.about.text
    assert text.isVisible()
    Finger(text.viewport()).swipe((60, 200), (60, 40))
    QScroller.scroller(text.viewport()).stop()
    assert text.verticalScrollBar().value() > 0
    tap(window.status_line.button("about"))
    assert window.dialogs.about.isHidden()


@deed("card: answer what is asked of a file")
def _(window: MainWindow) -> None:
    card, chosen = window.dialogs.opening.card, []
    card.chosen.connect(chosen.append)
    card.show_page("Which is it?", "", [Offer(str(n), f"Network {n}") for n in range(30)])
    QTest.qWait(1)
    tap(card.options[1])
    assert chosen == ["1"]
    view = card._scroll.viewport()
    Finger(view).swipe((60, view.height() - 10), (60, 10))
    QScroller.scroller(view).stop()
    assert card._scroll.verticalScrollBar().value() > 0 and chosen == ["1"]
    card.hide()
    card.chosen.disconnect(chosen.append)


@deed("offer: take it, or leave it")
def _(window: MainWindow) -> None:
    taken = []
    window.offer_bar.offer("What now?", [Offered("This", lambda: taken.append("this"))])
    QTest.qWait(1)
    tap(window.offer_bar.buttons[0])
    assert taken == ["this"] and window.offer_bar.isHidden()


@deed("notice: take it away")
def _(window: MainWindow) -> None:
    window.show_notice("Something.", lasting=True)
    tap(window.notice_card)
    assert window.notice == ""


@deed("present: walk")
def _(window: MainWindow) -> None:
    action_of(window, "present")
    presentation = window.presentation
    bar = presentation.bar
    # It lies elsewhere once the window fills the screen.
    until(lambda: bar.isVisible() and window.isFullScreen())
    QTest.qWait(100)
    x, y = bar.width() / 2, bar.height() - 12
    Finger(bar).swipe((x, y), (x - 200, y))
    assert presentation.at == 1
    tap(presentation.forth)
    assert presentation.at == 2
    tap(bar, bar.name_box(1).center())
    assert presentation.at == 1
    tap(bar.close_button)
    assert not presentation.is_on


@deed("files: open")
def _(window: MainWindow) -> None:
    file = saved(window.test_folder, "four.png", paper(ink_of(FOUR)))
    with patch.object(QFileDialog, "getOpenFileNames", lambda *_, **__: ([str(file)], "")):
        tap(window.tools.button("open"))
    until(lambda: window.pictures.on_pad.shown is not None)


@deed("pictures of panels: save")
def _(window: MainWindow) -> None:
    file = window.test_folder / "taken.svg"
    menu = hold(window.digit_view, (20, window.digit_view.height() - 6))
    with patch.object(QFileDialog, "getSaveFileName", lambda *_, **__: (str(file), "")):
        take(menu, "Save a picture")
    assert file.exists()


# Test images, My drawings, pictures.


def browsing(window: MainWindow) -> ImageBrowser:
    tap(window.status_line.button("browse"))
    browser = opened_window(ImageBrowser)
    until(lambda: browser.answers is not None and not browser.reading.is_reading)
    return browser


@deed("browser: put an image on the pad")
def _(window: MainWindow) -> None:
    grid = browsing(window).grid
    at = grid.box(3).center()
    tap(grid.viewport(), at)
    assert grid.current == grid.shown[3]
    finger = Finger(grid.viewport())
    finger.press((at.x(), at.y()))
    finger.release((at.x(), at.y()))
    finger.press((at.x(), at.y()))
    finger.release((at.x(), at.y()))
    until(lambda: window.session.label is not None)
    assert window.session.label.name == str(grid.current % 10)


@deed("browser: filter")
def _(window: MainWindow) -> None:
    browser = browsing(window)
    tap(browser.choice_bar.mistakes_button)
    assert browser.choice.mistakes_only
    tap(browser.choice_bar.all_button)
    assert browser.choice.is_everything


@deed("browser: a square of the matrix")
def _(window: MainWindow) -> None:
    browser = browsing(window)
    tap(browser.matrix, browser.matrix.box((1, 0)).center())
    assert (browser.choice.label, browser.choice.answer) == (1, 0)
    tap(browser.choice_bar.all_button)
    view = browser.grid.viewport()
    Finger(view).swipe((60, view.height() - 10), (60, 20))
    QScroller.scroller(view).stop()
    assert browser.grid.verticalScrollBar().value() > 0


def my_drawings(window: MainWindow) -> DrawingsSheet:
    tap(window.status_line.button("drawings"))
    sheet = opened_window(DrawingsSheet)
    until(lambda: len(sheet.shown.entries) >= 3 and not sheet._keeper.is_working)
    return sheet


@deed("drawings: select several")
def _(window: MainWindow) -> None:
    sheet = my_drawings(window)
    tap(sheet.bar.several_button)
    for place in (0, 1, 2):
        tap(sheet.grid.viewport(), sheet.grid.box(place).center())
    assert len(sheet.selected) >= 2
    tap(sheet.bar.several_button)


@deed("drawings: relabel, delete, undo")
def _(window: MainWindow) -> None:
    sheet = my_drawings(window)
    n = len(sheet.shown.entries)
    tap(sheet.grid.viewport(), sheet.grid.box(0).center())
    before = sheet.current.label
    tap(sheet.detail.label_buttons[NON_DIGIT])
    until(lambda: sheet.current.label == NON_DIGIT)
    tap(sheet.detail.delete_button)
    until(lambda: len(sheet.shown.entries) == n - 1)
    tap(sheet.bar.undo_button)
    until(lambda: len(sheet.shown.entries) == n and sheet.bar.undo_button.isEnabled())
    tap(sheet.bar.undo_button)
    until(lambda: before in [entry.label for entry in sheet.shown.entries])


@deed("drawings: filter")
def _(window: MainWindow) -> None:
    sheet = my_drawings(window)
    button = next(one for one in sheet.bar.labels[1:] if one.isVisible() and one.isEnabled())
    tap(button)
    assert sheet.choice.label is not None
    tap(sheet.bar.labels[0])
    assert sheet.choice.label is None


@deed("sheet: put a picture on the pad")
def _(window: MainWindow) -> None:
    files = [saved(window.test_folder, f"{n}.png", paper(ink_of(FOUR))) for n in range(2)]
    window.exchange.open_pictures(*files)
    sheet = opened_window(PictureSheet)
    until(lambda: not sheet.reading.is_reading and len(sheet.reading.pictures) == 2)
    tap(sheet.grid.viewport(), sheet.grid.box(1).center())
    until(lambda: window.pictures.on_pad.shown is not None)


def a_picture(window: MainWindow) -> None:
    """Brought, and looked at, by its button on the pad."""
    file = saved(window.test_folder, "both.png", paper(ink_of(FOUR, TWO)))
    window.exchange.open_pictures(file)
    until(lambda: window.pictures.on_pad.shown is not None)
    # It opens by itself once it is known to be several digits.
    until(lambda: window.pictures.on_pad.names)
    if not window.pictures.on_pad.is_open:
        tap(window.pictures.chip)
    until(lambda: window.pictures.on_pad.is_open)


@deed("picture: read it in a box")
def _(window: MainWindow) -> None:
    a_picture(window)
    view = window.pictures.card.view
    place = view.place()
    start, end = place.topLeft() + QPointF(10, 10), place.center()
    Finger(view).swipe((start.x(), start.y()), (end.x(), end.y()))
    assert window.pictures.on_pad.box is not None


@deed("picture: take one digit")
def _(window: MainWindow) -> None:
    a_picture(window)
    on_pad, view = window.pictures.on_pad, window.pictures.card.view
    until(lambda: len(on_pad.names) == 2)
    tap(view, view.box_on_screen(on_pad.shown.read.digits[1]).center())
    until(lambda: on_pad.shown.taken == 1)


@deed("picture: look at it")
def _(window: MainWindow) -> None:
    a_picture(window)
    assert window.pictures.card.isVisible()


# Teaching, training, the game.


def playing(window: MainWindow) -> GameWindow:
    action_of(window, "game")
    return opened_window(GameWindow)


@deed("game: play")
def _(window: MainWindow) -> None:
    game = playing(window)
    stroke(game.canvas)
    tap(game.main_button)
    until(lambda: game.main_button.text() == "Next")
    tap(game.main_button)
    assert game.main_button.text() == "I have drawn it!"


@deed("game: leave one out")
def _(window: MainWindow) -> None:
    game = playing(window)
    for _ in range(10):
        stroke(game.canvas)
        tap(game.main_button)
        until(lambda: game.main_button.text() in ("Next", "See all ten"))
        tap(game.main_button)
    tap(game.sheet, game.sheet.boxes()[1].center())
    assert len(game.sheet.chosen) == 9 and 1 not in game.sheet.chosen


@deed("teach: keep or forget")
def _(window: MainWindow) -> None:
    window.teaching.command = lambda: command_of("worth it")
    action_of(window, "teach")
    teaching = opened_window(TeachWindow)
    until(lambda: teaching.step is Teaching.TAUGHT)
    tap(teaching.forget_button)
    assert not teaching.isVisible()


@deed("versions: use one")
def _(window: MainWindow) -> None:
    action_of(window, "versions")
    versions = opened_window(VersionsWindow)
    until(lambda: versions.rows)
    row = next(one for one in versions.rows if one.words.reads)
    tap(row, (12, 12))
    assert versions.focusWidget() is row


@deed("train: choose what")
def _(window: MainWindow) -> None:
    action_of(window, "train")
    dialog = opened_window(TrainDialog)
    tap(dialog.full, (8, dialog.full.height() / 2))
    assert dialog.full.isChecked()
    tap(dialog.stops, (8, dialog.stops.height() / 2))
    assert not dialog.stops.isChecked()


@pytest.mark.parametrize("name", BY_TOUCH)
def test_it_is_done_by_touch(working, tmp_path, name):
    at_rest(working)
    working.test_folder = tmp_path
    BY_TOUCH[name](working)
    working.resize(800, 700)


def test_everything_is_done_by_touch():
    assert list(BY_TOUCH) == [one.name for one in DEEDS]
