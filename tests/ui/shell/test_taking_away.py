"""Pictures of the window's panels."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QWidget

from digitpad.core.errors import DigitpadError
from digitpad.ui.shell.action_row import Menu
from digitpad.ui.shell.main_window import MainWindow
from digitpad.ui.style.widget_pictures import PNG, SVG
from tests.ui.windows import draw, read

NAME = "{http://www.w3.org/2000/svg}"
CONTROL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def named(monkeypatch, tmp_path) -> Path:
    """The file that a person names in the dialog."""
    path = tmp_path / "taken.svg"
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *arguments, **options: (str(path), "")
    )
    return path


def svg(window: MainWindow, name: str) -> ElementTree.Element:
    return ElementTree.fromstring(window.taking.content(name, SVG))


def texts(tree: ElementTree.Element) -> set[str]:
    return {(each.text or "").strip() for each in tree.iter(f"{NAME}text")}


def words_of(actions: Iterable) -> list[str]:
    return [action.text() for action in actions if not action.isSeparator()]


def open_menu() -> QMenu:
    """The menu that has just been opened."""
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def right_click(widget: QWidget, at: QPoint) -> None:
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, widget.mapToGlobal(at))
    QApplication.sendEvent(widget, event)


def test_each_part_and_each_layer_is_there_by_name_and_the_tool_once_it_is_open(window):
    layers = [layer.name for layer in window.session.layers]
    parts = ["window", "pad", "input", "network", "answer"]
    assert list(window.taking.panels.shown()) == [*parts, *layers]
    window.session.selection.open_tool("history")
    assert list(window.taking.panels.shown()) == [*parts, "history", *layers]
    window.session.selection.open_tool("")
    window.network_view.toggle_size("C3")
    assert list(window.taking.panels.shown()) == [*parts, "C3"]


def test_a_layer_that_is_called_as_a_part_has_a_name_of_its_own(window):
    window.network_view.panels["C3"].setParent(None)
    window.network_view._panels["pad"] = window.network_view._panels.pop("S2")
    shown = window.taking.panels.shown()
    assert shown["pad"].widget is window.canvas
    assert shown["layer pad"].widget is window.network_view.panel("pad")


def test_a_name_that_none_has_is_answered_with_all_of_them(window):
    with pytest.raises(DigitpadError, match=r"no panel C9; there are window, pad, .*C3.*history"):
        window.taking.content("C9", PNG)
    assert window.taking.panels.named("c3").name == "C3"


def test_the_windows_svg_has_its_texts_as_texts_and_its_squares_as_rectangles(qtbot, window):
    draw(window)
    rng = np.random.default_rng(1)
    read(
        qtbot,
        window,
        7,
        activations={
            layer.name: rng.normal(size=layer.shape).astype(np.float32)
            for layer in window.session.layers
        },
    )
    tree = svg(window, "window")
    assert tree.attrib["viewBox"] == "0 0 1280 800"
    assert {"C1", "C3", "What the network sees", "7", "Clear", "Why?"} <= texts(tree)
    squares = sum(int(np.prod(layer.shape)) for layer in window.session.layers)
    assert sum(1 for _ in tree.iter(f"{NAME}rect")) > squares


def test_a_layers_svg_has_a_rectangle_for_each_number_and_the_panels_size(qtbot, window):
    layer = next(layer for layer in window.session.layers if layer.name == "C3")
    values = np.random.default_rng(2).normal(size=layer.shape).astype(np.float32)
    draw(window)
    read(qtbot, window, 7, activations={"C3": values})
    panel = window.network_view.panel("C3")
    tree = svg(window, "C3")
    margin = round(10 * panel.unit)
    width, height = panel.width() + 2 * margin, panel.height() + 2 * margin
    assert tree.attrib["viewBox"] == f"0 0 {width} {height}"
    assert "C3" in texts(tree) and not list(tree.iter(f"{NAME}image"))
    cell = panel.map_box(0).width() / layer.shape[2]
    squares = [
        each
        for each in tree.iter(f"{NAME}rect")
        if (float(each.attrib["width"]), float(each.attrib["height"])) == (cell, cell)
    ]
    assert len(squares) == values.size


def test_the_notice_is_on_no_picture_and_still_there_after(window):
    before = window.taking.content("window", SVG)
    window.show_notice("something was said")
    assert window.taking.content("window", SVG) == before
    assert window.notice == "something was said"


def test_a_panel_on_a_card_has_the_cards_ground(window):
    window.session.selection.open_tool("history")
    image = window.taking.pixmap("history").toImage()
    assert image.pixelColor(1, 1).name() == window.drawer.theme.paper
    layer = window.taking.pixmap("C1").toImage()
    assert layer.pixelColor(1, 1).name() == window.drawer.theme.ground


def test_a_right_click_offers_the_panel_beneath_it_and_the_window(window, named):
    right_click(window.answer_panel, QPoint(30, 30))
    menu = open_menu()
    assert words_of(menu.actions()) == [
        "Save a picture of the answer…",
        "Copy a picture of the answer",
        "Save a picture of the window…",
        "Copy a picture of the window",
    ]
    menu.actions()[0].trigger()
    menu.close()
    assert "Probability" in texts(ElementTree.parse(named).getroot())
    assert window.notice == f"✓ The picture is saved: {named}"


def test_a_right_click_between_the_panels_offers_the_window(window):
    right_click(window.centralWidget(), QPoint(2, 2))
    assert len(open_menu().actions()) == 2
    open_menu().close()


def test_the_pads_right_button_rubs_out_and_opens_no_menu(window):
    right_click(window.canvas, QPoint(50, 50))
    assert QApplication.activePopupWidget() is None


def test_a_layers_own_menu_saves_its_picture(window, named):
    menu = window.network_view.panel("C1").menu()
    (action,) = [each for each in menu.actions() if each.text().startswith("Save a picture")]
    action.trigger()
    assert "C1" in texts(ElementTree.parse(named).getroot())


def test_the_keys_open_a_list_of_the_panels_and_the_chosen_one_is_saved(qtbot, window, named):
    qtbot.keyClick(window, Qt.Key.Key_P, CONTROL_SHIFT)
    menu = open_menu()
    layers = [layer.name for layer in window.session.layers]
    assert words_of(menu.actions()) == [
        "Save a picture of:",
        "The window",
        "The pad",
        "What the network sees",
        "The network",
        "The answer",
        *layers,
    ]
    menu.actions()[3].trigger()
    menu.close()
    assert "What the network sees" in texts(ElementTree.parse(named).getroot())


def test_the_menu_has_that_list_too_and_the_panel_with_the_keyboard_is_chosen(window):
    assert window.actions_by_name["panel"] in window.menu_bar.menus[Menu.FILE].actions()
    assert window.actions_by_name["panel"].menu() is window.taking.menu
    window.network_view.panel("C1").setFocus()
    window.taking.menu.aboutToShow.emit()
    chosen = window.taking.menu.activeAction()
    assert chosen is not None and chosen.text() == "C1"


def test_a_panel_is_copied(window):
    window.taking.copy("input")
    image = QGuiApplication.clipboard().image()
    assert image.size() == window.taking.pixmap("input").toImage().size()
    assert window.notice == "✓ A picture of what the network sees is on the clipboard."


def test_what_cannot_be_written_is_said(window, named):
    named.mkdir()
    window.taking.save("C1")
    assert str(named) in window.notice and "saved" not in window.notice


def test_a_picture_in_pixels_is_as_large_as_the_panel_and_its_margin(window):
    panel = window.network_view.panel("C1")
    margin = 2 * round(10 * panel.unit)
    image = QImage.fromData(window.taking.content("C1", PNG))
    assert (image.width(), image.height()) == (panel.width() + margin, panel.height() + margin)
