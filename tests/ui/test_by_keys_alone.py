"""Everything that the mouse can do, by keys alone: pressed in the window, each from the pad on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from unittest.mock import patch

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QMenu, QRadioButton

from digitpad.core.constants import NON_DIGIT
from digitpad.explain.fields import INPUT
from digitpad.ui.images.drawings_sheet import DrawingsSheet
from digitpad.ui.images.image_browser import ImageBrowser
from digitpad.ui.images.picture_sheet import PictureSheet
from digitpad.ui.shell.main_window import MainWindow
from digitpad.ui.shell.network_choice import NetworkChoice
from digitpad.ui.shell.network_rows import NETWORK
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
from tests.ui.keyboard import CTRL, SHIFT, focused, press, tab_to, tab_to_words, type_in
from tests.ui.papers import FOUR, TWO, ink_of, paper, saved
from tests.ui.training.fake_teacher import command_of
from tests.ui.whole_window import (
    FOUR_AND_TWO,
    at_rest,
    opened_window,
    reads_with,
    until,
    while_a_file_is_asked_for,
    whole_window,
)

KEY = Qt.Key
DOWN, UP, LEFT, RIGHT = KEY.Key_Down, KEY.Key_Up, KEY.Key_Left, KEY.Key_Right
ENTER, ESCAPE, SPACE, TAB = KEY.Key_Return, KEY.Key_Escape, KEY.Key_Space, KEY.Key_Tab
BY_KEYS: dict[str, Callable[[MainWindow], None]] = {}


@pytest.fixture(scope="module")
def working(qapp, tmp_path_factory) -> Iterator[MainWindow]:
    with whole_window(tmp_path_factory.mktemp("data")) as window:
        yield window


def deed(name: str) -> Callable[[Callable[[MainWindow], None]], Callable[[MainWindow], None]]:
    """What does the deed of this name."""

    def note(does: Callable[[MainWindow], None]) -> Callable[[MainWindow], None]:
        BY_KEYS[name] = does
        return does

    return note


def layer(window: MainWindow, name: str):
    """The panel of a layer, by Tab."""
    return tab_to(window.network_view.panel(name))


def answered(window: MainWindow):
    """The tool that is open, once it has its answer."""
    panel = window.drawer.panel
    assert panel is not None
    until(lambda: not getattr(panel, "shown", panel).is_waiting)
    return panel


def popup_item() -> str:
    """What the menu that is open would do on Enter."""
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    action = menu.activeAction()
    return "" if action is None else action.text().replace("&", "")


def name_file(name: str) -> None:
    """Give a name, or several, to the dialog that asks for a file."""
    press(KEY.Key_N, held=Qt.KeyboardModifier.AltModifier)
    press(KEY.Key_A, held=CTRL)
    type_in(name)
    press(ENTER)


# The pad, the buttons beneath it, the menu bar.


@deed("pad: draw")
def _(window: MainWindow) -> None:
    marks = len(window.session.pad.drawing)
    press(SPACE, DOWN, DOWN, RIGHT, SPACE)
    assert len(window.session.pad.drawing) == marks + 1


@deed("pad: rub out")
def _(window: MainWindow) -> None:
    press(KEY.Key_E, SPACE)
    press(DOWN, DOWN, held=SHIFT)
    press(SPACE)
    assert window.session.pad.drawing.marks[-1].erases
    press(KEY.Key_P)


@deed("tools: buttons")
def _(window: MainWindow) -> None:
    tab_to_words("Clear")
    press(SPACE)
    assert window.session.pad.is_empty
    tab_to_words("Undo")
    press(SPACE)
    assert not window.session.pad.is_empty


@deed("tools: pen width")
def _(window: MainWindow) -> None:
    width = window.session.pad.pen_width
    tab_to(window.tools.width_slider)
    press(RIGHT, RIGHT)
    assert window.session.pad.pen_width > width
    press(LEFT, LEFT)


@deed("menus: choose")
def _(window: MainWindow) -> None:
    press(KEY.Key_F10)
    press(RIGHT)
    until(lambda: QApplication.activePopupWidget() is not None or press(DOWN))
    assert isinstance(QApplication.activePopupWidget(), QMenu)
    press(ESCAPE, ESCAPE)
    until(lambda: QApplication.activePopupWidget() is None)


# Settings.


@deed("settings: change one")
def _(window: MainWindow) -> None:
    press(KEY.Key_Comma, held=CTRL)
    dialog = opened_window(SettingsDialog)
    tab_to(dialog.theme)
    press(SPACE)
    assert isinstance(QApplication.activePopupWidget(), QMenu)
    press(KEY.Key_End, UP, ENTER)
    assert dialog.theme.value != "light" and dialog.theme.hasFocus()
    tab_to(dialog.pen_width)
    press(RIGHT, LEFT)
    tab_to(dialog.reset)
    press(ESCAPE)
    until(lambda: not dialog.isVisible())
    window.choose_theme("light")


# The input and the network.


@deed("input: a pixel's ink")
def _(window: MainWindow) -> None:
    tab_to(window.digit_view)
    press(UP, UP, RIGHT)
    row, column = window.digit_view.pixel
    ink = window.session.digit[row, column]
    assert window.digit_view.describe((row, column)).endswith(f"{ink:.2f}")


@deed("network: point at a unit")
def _(window: MainWindow) -> None:
    layer(window, "C3")
    press(RIGHT)
    unit = window.session.selection.shown
    assert unit is not None and unit.layer.name == "C3"
    assert {"C1", "S2", INPUT} <= set(window.session.selection.fields)


@deed("network: pin a unit")
def _(window: MainWindow) -> None:
    layer(window, "C3")
    press(RIGHT, SPACE)
    assert window.session.selection.pinned is not None and window.drawer.open_tool == "unit"
    press(DOWN)
    press(RIGHT, held=CTRL)
    assert window.session.selection.pinned.map == 1
    press(ESCAPE)
    assert window.session.selection.pinned is None


@deed("network: enlarge a layer")
def _(window: MainWindow) -> None:
    layer(window, "C1")
    press(ENTER)
    assert window.network_view.enlarged == "C1"
    press(ESCAPE)
    assert window.network_view.enlarged is None


@deed("network: hidden maps")
def _(window: MainWindow) -> None:
    press(KEY.Key_W)
    press(KEY.Key_K, held=SHIFT)
    window.resize(800, 560)
    panels = window.network_view.panels.values()
    panel = tab_to(next(one for one in panels if one.squares.last_row > 0))
    press(KEY.Key_End)
    assert panel.squares.maps - 1 in panel.shown and 0 not in panel.shown
    press(KEY.Key_Home)
    assert 0 in panel.shown


@deed("network: a layer's menu")
def _(window: MainWindow) -> None:
    layer(window, "C3")
    press(KEY.Key_Menu)
    assert isinstance(QApplication.activePopupWidget(), QMenu)
    until(lambda: popup_item() == "Its kernels" or press(DOWN))
    press(ENTER)
    assert window.drawer.open_tool == "kernels" and window.drawer.panel.layer.name == "C3"


@deed("network: a table's column")
def _(window: MainWindow) -> None:
    choose_network(window, "1998")
    table = tab_to(window.network_view.table("C3"))
    press(RIGHT, RIGHT)
    assert table.current == 1
    choose_network(window, "LeNet-5")


# The answer.


@deed("answer: ask why")
def _(window: MainWindow) -> None:
    tab_to_words("Why?")
    press(SPACE)
    assert answered(window).text.startswith("7 leads ")


@deed("answer: against which digit")
def _(window: MainWindow) -> None:
    press(KEY.Key_W)
    tab_to(window.answer_panel.class_choice)
    press(DOWN, DOWN, DOWN, ENTER)
    panel = answered(window)
    until(lambda: panel.ink.title() == "Why 7, not 3?")


@deed("answer: say what it is")
def _(window: MainWindow) -> None:
    tab_to_words("No, it is…")
    press(SPACE)
    row = window.answer_panel.label_row
    assert row.has_keys
    press(RIGHT, RIGHT, DOWN, DOWN, ENTER)
    assert window.session.label.name == "9" and not row.isVisible()
    press(KEY.Key_Backspace, held=Qt.KeyboardModifier.AltModifier)


@deed("answer: one digit of several")
def _(window: MainWindow) -> None:
    window.session.pad.show_marks(FOUR_AND_TWO)
    choice = window.answer_panel.digit_choice
    until(lambda: len(choice.buttons) == 2)
    tab_to(choice.buttons[1])
    press(SPACE)
    assert len(window.session.pad.drawing) == 1
    press(KEY.Key_Z, held=CTRL)
    assert len(window.session.pad.drawing) == 3


# The drawer.


@deed("drawer: open and close")
def _(window: MainWindow) -> None:
    press(KEY.Key_W)
    tab_to(window.drawer.buttons["history"])
    press(SPACE)
    assert window.drawer.open_tool == "history"
    tab_to(window.drawer.buttons["kernels"])
    tab_to(window.drawer.close_button)
    press(SPACE)
    assert not window.drawer.isVisible() and focused().isVisible()


@deed("drawer: six decimals")
def _(window: MainWindow) -> None:
    layer(window, "F6")
    press(RIGHT, SPACE)
    card = answered(window)
    tab_to_words("exact")
    press(SPACE)
    assert card.decimals == 6
    press(SPACE)


@deed("kernels: choose a layer")
def _(window: MainWindow) -> None:
    press(KEY.Key_K)
    panel = answered(window)
    tab_to(panel.buttons.by_name["C3"])
    press(SPACE)
    assert panel.layer.name == "C3"


@deed("kernels: a weight")
def _(window: MainWindow) -> None:
    press(KEY.Key_K)
    panel = answered(window)
    tab_to(panel)
    press(RIGHT, RIGHT, DOWN)
    press(RIGHT, held=CTRL)
    assert "row 2, column 2" in panel._words(panel._sheet())[0]


@deed("why: what is pictured")
def _(window: MainWindow) -> None:
    press(KEY.Key_W)
    panel = answered(window)
    for mode, button in panel.buttons.items():
        if not button.isChecked():
            tab_to(button)
            press(SPACE)
        assert panel.mode is mode
    answered(window)


@deed("why: take a piece away")
def _(window: MainWindow) -> None:
    press(KEY.Key_W)
    why = answered(window)
    tab_to_words("Pieces")
    press(SPACE)
    answered(window)
    whole = window.session.recognition.logits.copy()
    tab_to(why.pieces.picture)
    press(RIGHT, SPACE)
    assert why.pieces.removed == {why.pieces.picture.current}
    until(lambda: not np.allclose(window.session.recognition.logits, whole))
    press(SPACE)
    assert not why.pieces.removed
    until(lambda: np.allclose(window.session.recognition.logits, whole))


@deed("history: go to a step")
def _(window: MainWindow) -> None:
    press(KEY.Key_H)
    panel = answered(window)
    until(panel.slider.hasFocus)
    press(LEFT, LEFT)
    assert panel.step == panel.slider.maximum() - 2
    press(ESCAPE)
    assert panel.step == panel.slider.maximum()


@deed("history: play")
def _(window: MainWindow) -> None:
    press(KEY.Key_H)
    panel = answered(window)
    until(panel.slider.hasFocus)
    press(SPACE)
    assert panel.is_playing
    press(SPACE)
    assert not panel.is_playing


@deed("road: a step")
def _(window: MainWindow) -> None:
    window.session.selection.open_tool("normalisation")
    panel = answered(window)
    tab_to(panel)
    press(RIGHT, RIGHT)
    assert panel.current == 1 and window.session.overlay.box is not None


@deed("sweeps: a value")
def _(window: MainWindow) -> None:
    window.session.selection.open_tool("sweeps")
    panel = answered(window)
    chart = tab_to(next(iter(panel.charts.values())))
    press(RIGHT, RIGHT)
    assert chart.current == chart.sweep.neutral + 2
    assert panel.told.startswith("Turned to the right by ")


@deed("film: go to a snapshot")
def _(window: MainWindow) -> None:
    window.session.selection.open_tool("film")
    panel = answered(window)
    assert panel.slider.hasFocus()
    press(LEFT, LEFT)
    assert panel.slider.value() == panel.slider.maximum() - 2
    until(lambda: panel.player.shown is not None and not panel.is_waiting)
    press(ESCAPE)
    until(lambda: not panel.player.is_open and not panel.player.is_busy)


@deed("film: a curve's point")
def _(window: MainWindow) -> None:
    window.session.selection.open_tool("film")
    panel = answered(window)
    tab_to(panel.chart)
    press(RIGHT, RIGHT)
    assert "loss" in panel.lines[0]
    press(ENTER)
    until(lambda: panel.player.shown is not None and not panel.is_waiting)
    press(ESCAPE)
    until(lambda: not panel.player.is_open and not panel.player.is_busy)


# Comparing, networks.


def choose_network(window: MainWindow, words: str) -> None:
    """From the list, by letters that find it."""
    press(KEY.Key_N)
    choice = QApplication.activePopupWidget()
    assert isinstance(choice, NetworkChoice)
    type_in(words)
    press(KEY.Key_Home)
    chosen = choice.list.currentItem().data(NETWORK)
    press(ENTER)
    until(lambda: reads_with(window, chosen))


@deed("compare: with another")
def _(window: MainWindow) -> None:
    press(KEY.Key_V)
    assert isinstance(QApplication.activePopupWidget(), NetworkChoice)
    press(DOWN, ENTER)
    until(lambda: window.session.mode is Mode.SECOND and window.session.second is not None)
    press(KEY.Key_V)
    assert window.session.mode is Mode.SINGLE


@deed("compare: a heading's list")
def _(window: MainWindow) -> None:
    press(KEY.Key_K, held=SHIFT)
    assert window.session.mode is Mode.PINNED
    tab_to(window.comparison.upper_heading)
    press(SPACE)
    assert isinstance(QApplication.activePopupWidget(), NetworkChoice)
    press(ESCAPE)
    assert window.comparison.upper_heading.hasFocus()


@deed("foot: list of networks")
def _(window: MainWindow) -> None:
    tab_to(window.status_line.network_button)
    press(SPACE)
    choice = QApplication.activePopupWidget()
    assert isinstance(choice, NetworkChoice)
    type_in("relu")
    assert "ReLU" in choice.list.currentItem().text()
    tab_to(choice.search)
    tab_to(choice.open_button)
    press(ESCAPE)
    assert window.status_line.network_button.hasFocus()


@deed("foot: take a file off the list")
def _(window: MainWindow) -> None:
    from pathlib import Path

    from digitpad.nets.spec.opened_networks import OpenedFile

    opened = window.dialogs._opened
    opened.add(OpenedFile(Path("/some/where/mine.safetensors"), "lenet5", "Mine", 61_706))
    press(KEY.Key_N)
    type_in("mine")
    press(KEY.Key_Delete)
    assert not [one for one in opened.read() if one.title == "Mine"]
    # The letters found no other.
    press(*[KEY.Key_Delete] * 4, ESCAPE)


@deed("foot: the card about it")
def _(window: MainWindow) -> None:
    tab_to_words("About this network")
    press(SPACE)
    text = window.dialogs.about.text
    assert text.hasFocus()
    window.resize(800, 560)
    press(KEY.Key_PageDown)
    assert text.verticalScrollBar().value() > 0
    press(ESCAPE)
    assert window.dialogs.about.isHidden() and focused().accessibleName() == "About this network"


@deed("card: answer what is asked of a file")
def _(window: MainWindow) -> None:
    card, chosen = window.dialogs.opening.card, []
    card.chosen.connect(chosen.append)
    card.show_page("Which is it?", "", [Offer(str(n), f"Network {n}") for n in range(30)])
    assert card.options[0].hasFocus()
    for _ in range(29):
        press(TAB)
    assert card.options[29].hasFocus() and not card.options[29].visibleRegion().isEmpty()
    press(SPACE)
    assert chosen == ["29"]
    tab_to(card.cancel)
    card.hide()
    card.chosen.disconnect(chosen.append)


@deed("offer: take it, or leave it")
def _(window: MainWindow) -> None:
    taken = []
    deeds = [Offered("This", lambda: taken.append("this")), Offered("That", lambda: None)]
    window.offer_bar.offer("What now?", deeds)
    press(TAB, SPACE)
    assert taken == ["this"] and window.canvas.hasFocus()
    window.offer_bar.offer("What now?", deeds)
    press(ESCAPE)
    assert window.offer_bar.isHidden() and taken == ["this"]


@deed("notice: take it away")
def _(window: MainWindow) -> None:
    window.show_notice("Something.", lasting=True)
    press(ESCAPE)
    assert window.notice == ""


@deed("present: walk")
def _(window: MainWindow) -> None:
    press(KEY.Key_F11)
    assert window.presentation.is_on
    press(KEY.Key_F6, KEY.Key_F6)
    press(KEY.Key_PageDown, KEY.Key_PageDown)
    at = window.presentation.at
    assert at > 0
    tab_to(window.presentation.bar)
    press(RIGHT)
    assert window.presentation.at == at + 1
    tab_to(window.presentation.back)
    press(SPACE)
    assert window.presentation.at == at
    tab_to(window.presentation.bar)
    press(KEY.Key_End, KEY.Key_Home)
    assert window.presentation.at == 0
    tab_to(window.presentation.bar.close_button)
    press(SPACE)
    assert not window.presentation.is_on and window.canvas.hasFocus()


@deed("files: open")
def _(window: MainWindow) -> None:
    file = saved(window.test_folder, "four.png", paper(ink_of(FOUR)))

    def answer() -> None:
        name_file(str(file))

    while_a_file_is_asked_for(lambda: press(KEY.Key_O, held=CTRL), answer)
    until(lambda: window.pictures.on_pad.shown is not None)


@deed("pictures of panels: save")
def _(window: MainWindow) -> None:
    file = window.test_folder / "taken.svg"
    tab_to(window.digit_view)
    press(KEY.Key_Menu)
    assert isinstance(QApplication.activePopupWidget(), QMenu)
    with patch.object(QFileDialog, "getSaveFileName", lambda *_, **__: (str(file), "")):
        press(DOWN, ENTER)
    assert file.read_text(encoding="utf-8").startswith("<?xml")


# Test images, My drawings, pictures.


def browsing(window: MainWindow) -> ImageBrowser:
    press(KEY.Key_T)
    browser = opened_window(ImageBrowser)
    until(lambda: browser.answers is not None and not browser.reading.is_reading)
    if not browser.grid.hasFocus():
        tab_to(browser.grid)
    return browser


@deed("browser: put an image on the pad")
def _(window: MainWindow) -> None:
    browser = browsing(window)
    press(RIGHT, DOWN)
    chosen = browser.grid.current
    press(ENTER)
    assert window.session.label.name == str(chosen % 10)
    until(window.isActiveWindow)


@deed("browser: filter")
def _(window: MainWindow) -> None:
    browser = browsing(window)
    tab_to(browser.choice_bar.label_list)
    press(DOWN, DOWN, DOWN)
    assert browser.choice.label == 2 and len(browser.grid.shown) == 30
    tab_to(browser.choice_bar.all_button)
    press(SPACE)
    assert browser.choice.is_everything


@deed("browser: a square of the matrix")
def _(window: MainWindow) -> None:
    browser = browsing(window)
    tab_to(browser.matrix)
    press(KEY.Key_PageUp, KEY.Key_Home, DOWN, ENTER)
    assert (browser.choice.label, browser.choice.answer) == (1, 0)
    press(ESCAPE)
    assert browser.choice.is_everything


def my_drawings(window: MainWindow) -> DrawingsSheet:
    press(KEY.Key_D, held=CTRL)
    sheet = opened_window(DrawingsSheet)
    until(lambda: len(sheet.shown.entries) >= 3 and not sheet._keeper.is_working)
    if not sheet.grid.hasFocus():
        tab_to(sheet.grid)
    return sheet


@deed("drawings: select several")
def _(window: MainWindow) -> None:
    sheet = my_drawings(window)
    press(RIGHT, held=SHIFT)
    assert len(sheet.selected) == 2
    press(KEY.Key_A, held=CTRL)
    assert len(sheet.selected) == len(sheet.shown.entries)
    press(ESCAPE)
    assert len(sheet.selected) == 1


@deed("drawings: relabel, delete, undo")
def _(window: MainWindow) -> None:
    sheet = my_drawings(window)
    before = [entry.label for entry in sheet.shown.entries]
    press(KEY.Key_Home)
    press(RIGHT, held=SHIFT)
    press(KEY.Key_Minus)
    until(lambda: [one.label for one in sheet.selected] == [NON_DIGIT] * 2)
    press(KEY.Key_Delete)
    until(lambda: len(sheet.shown.entries) == len(before) - 2)
    tab_to(sheet.bar.undo_button)
    press(SPACE)
    until(lambda: len(sheet.shown.entries) == len(before))
    press(SPACE)
    until(lambda: [entry.label for entry in sheet.shown.entries] == before)


@deed("drawings: filter")
def _(window: MainWindow) -> None:
    sheet = my_drawings(window)
    tab_to(sheet.bar.labels[0])
    press(RIGHT)
    press(SPACE)
    assert sheet.choice.label is not None
    press(ESCAPE)


@deed("sheet: put a picture on the pad")
def _(window: MainWindow) -> None:
    files = [saved(window.test_folder, f"{n}.png", paper(ink_of(FOUR))) for n in range(2)]

    def answer() -> None:
        name_file(" ".join(f'"{file}"' for file in files))

    while_a_file_is_asked_for(lambda: press(KEY.Key_O, held=CTRL), answer)
    sheet = opened_window(PictureSheet)
    until(lambda: not sheet.reading.is_reading and len(sheet.reading.pictures) == 2)
    assert sheet.grid.hasFocus()
    press(RIGHT, ENTER)
    until(lambda: window.pictures.on_pad.shown is not None and window.isActiveWindow())


def a_picture(window: MainWindow) -> None:
    file = saved(window.test_folder, "both.png", paper(ink_of(FOUR, TWO)))
    window.exchange.open_pictures(file)
    until(lambda: window.pictures.on_pad.shown is not None)
    window.canvas.setFocus()


@deed("picture: read it in a box")
def _(window: MainWindow) -> None:
    a_picture(window)
    on_pad, view = window.pictures.on_pad, window.pictures.card.view
    if not on_pad.is_open:
        press(KEY.Key_O)
    else:
        tab_to(view)
    assert view.hasFocus()
    press(RIGHT)
    first = on_pad.box
    press(DOWN, held=SHIFT)
    assert on_pad.box[3] > first[3] and on_pad.box[:3] == first[:3]
    press(ESCAPE)
    assert not on_pad.is_open and not view.hasFocus()


@deed("picture: take one digit")
def _(window: MainWindow) -> None:
    a_picture(window)
    on_pad, view = window.pictures.on_pad, window.pictures.card.view
    if not on_pad.is_open:
        press(KEY.Key_O)
    else:
        tab_to(view)
    until(lambda: len(on_pad.names) == 2)
    press(SPACE)
    assert on_pad.shown.taken == 0
    press(ENTER)
    assert not on_pad.is_open


@deed("picture: look at it")
def _(window: MainWindow) -> None:
    a_picture(window)
    if window.pictures.on_pad.is_open:
        press(ESCAPE)
    tab_to(window.pictures.chip)
    press(SPACE)
    assert window.pictures.on_pad.is_open and window.pictures.card.view.hasFocus()
    press(ESCAPE)
    assert window.pictures.chip.hasFocus()


# Teaching, training, the game.


def playing(window: MainWindow) -> GameWindow:
    press(KEY.Key_G)
    game = opened_window(GameWindow)
    until(lambda: game.canvas.hasFocus())
    return game


@deed("game: play")
def _(window: MainWindow) -> None:
    game = playing(window)
    press(SPACE)
    press(DOWN, DOWN, DOWN, held=SHIFT)
    press(SPACE, ENTER)
    until(lambda: game.main_button.text() == "Next")
    assert game.main_button.hasFocus()
    press(ENTER)
    assert game.main_button.text() == "I have drawn it!" and game.canvas.hasFocus()
    press(ESCAPE)
    assert not game.isVisible()


@deed("game: leave one out")
def _(window: MainWindow) -> None:
    game = playing(window)
    for _ in range(10):
        press(SPACE)
        press(DOWN, DOWN, DOWN, held=SHIFT)
        press(SPACE, ENTER)
        until(lambda: game.main_button.text() in ("Next", "See all ten"))
        press(ENTER)
    assert game.sheet.isVisible()
    tab_to(game.sheet)
    press(RIGHT, SPACE)
    assert len(game.sheet.chosen) == 9 and 1 not in game.sheet.chosen
    press(ESCAPE)


def taught(window: MainWindow) -> TeachWindow:
    window.teaching.command = lambda: command_of("worth it")
    press(KEY.Key_L, held=CTRL)
    teaching = opened_window(TeachWindow)
    until(lambda: teaching.step is Teaching.TAUGHT)
    return teaching


@deed("teach: keep or forget")
def _(window: MainWindow) -> None:
    teaching = taught(window)
    assert teaching.keep_button.hasFocus()
    tab_to(teaching._scroll)
    press(KEY.Key_PageDown)
    tab_to(teaching.forget_button)
    press(SPACE)
    assert not teaching.isVisible()


@deed("versions: use one")
def _(window: MainWindow) -> None:
    press(KEY.Key_H, held=CTRL)
    versions = opened_window(VersionsWindow)
    until(lambda: versions.rows)
    # Where no window manager is, nobody gives the keyboard to what was opened.
    versions.activateWindow()
    until(versions.isActiveWindow)
    if not any(row.hasFocus() for row in versions.rows):
        tab_to(versions.rows[0])
    reads = next(n for n, row in enumerate(versions.rows) if row.words.reads)
    press(DOWN)
    assert versions.rows[min(reads + 1, len(versions.rows) - 1)].hasFocus()
    press(ESCAPE)
    assert not versions.isVisible()


@deed("train: choose what")
def _(window: MainWindow) -> None:
    press(KEY.Key_T, held=CTRL)
    dialog = opened_window(TrainDialog)
    assert dialog.network.hasFocus()
    press(DOWN)
    tab_to(lambda one: isinstance(one, QComboBox) and one is dialog.dataset)
    tab_to(lambda one: isinstance(one, QRadioButton))
    press(DOWN)
    assert dialog.full.isChecked()
    tab_to(dialog.stops)
    press(SPACE)
    assert not dialog.stops.isChecked()
    tab_to(dialog.start_button)
    press(ESCAPE)
    until(lambda: not isinstance(QApplication.activeModalWidget(), TrainDialog))


@pytest.mark.parametrize("name", BY_KEYS)
def test_it_is_done_by_keys_alone(working, tmp_path, name):
    at_rest(working)
    working.test_folder = tmp_path
    BY_KEYS[name](working)
    working.resize(800, 700)


def test_everything_is_done_by_keys():
    assert list(BY_KEYS) == [one.name for one in DEEDS]
