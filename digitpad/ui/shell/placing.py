"""Puts the window's parts on their places, at work and while a network is presented."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QWidget

from digitpad.ui.shell.present_layout import answer_in, arrange_presented
from digitpad.ui.shell.present_words import Shown
from digitpad.ui.shell.window_layout import arrange, steps_width, unit_in
from digitpad.ui.style.panel import Panel
from digitpad.ui.style.screen import text_scale

if TYPE_CHECKING:
    from digitpad.ui.shell.main_window import MainWindow


def find_room(window: MainWindow) -> None:
    """Show the menu bar, or hide it while something is presented, which has the whole window; keys
    work without it. The stage has what is left."""
    window.menu_bar.setHidden(window.presentation.is_on)
    layout = window.layout()
    assert layout is not None
    layout.activate()


def place_parts(window: MainWindow) -> None:
    """Lay everything out for the size that the menu bar leaves, and for what the window does."""
    if window.presentation.is_on:
        window.comparison.stands_aside = True
        _place_presented(window)
        return
    stage_size = window.stage.size()
    width, height = stage_size.toTuple()
    guide = window.lifetime.guide
    unit = unit_in(width, height)
    steps = 0 if guide is None else guide.height_in(steps_width(width, height), unit)
    window.tools.lie_as_usual()
    layout = arrange(width, height, steps, window.tools.rows_in)
    unit = layout.unit
    stage, drawer = window.drawer.split(layout.network, unit)
    # Beside an explanation in large texts there is no room for another row.
    window.comparison.stands_aside = stage.isEmpty()
    window.answer_panel.keep_verbs(layout.is_large and not window.comparison.is_active)
    network, answer = window.comparison.place(stage, layout.answer, unit)
    for part, box in (
        (window.canvas, layout.pad),
        (window.tools, layout.tools),
        (window.digit_view, layout.digit),
        (window.network_view, network),
        (window.answer_panel, answer),
        (window.status_line, layout.status),
    ):
        _put(part, box, unit)
    # Where texts are large, the buttons are wider than the pad.
    gap = network.x() - max(layout.pad.right(), layout.tools.right()) - 1
    window.entry_mark.lie_beside(gap, unit)
    window.comparison.entry.lie_beside(gap if window.comparison.is_active else 0, unit)
    _place_over(window, drawer, stage, layout.network, layout.answer, unit)
    window.pictures.place(layout.pad, layout.network, unit, unit)
    window.presentation.show_rows(stage_size)
    if guide is not None:
        guide.place(layout.steps, unit)


def _place_presented(window: MainWindow) -> None:
    shown, drawer = window.presentation.shown, window.drawer
    window.tools.lie_as_usual()
    window.answer_panel.keep_verbs(False)
    is_explaining = bool(window.session.selection.tool)
    width, height = window.stage.size().toTuple()
    rows_in = window.tools.rows_in if text_scale() > 1 else None
    layout = arrange_presented(width, height, shown, is_explaining, rows_in)
    unit, small = layout.unit, layout.small_unit
    window.comparison.place(layout.stage, QRect(), small)
    stage, explaining = drawer.split(layout.stage, unit)
    if shown is Shown.PEN and not explaining.isEmpty():
        # What is presented is in its column already.
        stage, explaining = QRect(), layout.stage
    tools, digit, digit_unit = layout.tools, layout.digit, small
    if shown is Shown.INPUT and not stage.isEmpty():
        digit, digit_unit = stage, unit
    elif shown is Shown.INPUT:
        # What is presented comes before the buttons, which keys and menus have too.
        digit = QRect(tools.topLeft(), QPoint(tools.right(), layout.stage.bottom()))
        tools = QRect()
    network = stage if shown is Shown.LAYER else QRect()
    answer = answer_in(stage) if shown is Shown.ANSWER else QRect()
    _put(window.canvas, layout.pad, small)
    _put(window.tools, tools, small)
    _put(window.digit_view, digit, digit_unit)
    _put(window.network_view, network, unit)
    window.entry_mark.lie_beside(0, unit)
    window.comparison.entry.lie_beside(0, unit)
    _put(window.answer_panel, answer, unit)
    _put(window.status_line, layout.status, small)
    _place_over(window, explaining, stage or layout.stage, layout.stage, QRect(), unit)
    window.pictures.place(layout.pad, layout.stage, unit, small)
    presented: dict[Shown, tuple[QWidget, ...]] = {
        Shown.INPUT: (window.digit_view,),
        Shown.LAYER: tuple(window.network_view.panels.values()),
        Shown.ANSWER: (window.answer_panel, window.answer_panel.class_choice),
    }
    window.presentation.place(layout, (window.presentation.bar, *presented.get(shown, ())))
    if window.lifetime.guide is not None:
        window.lifetime.guide.place(QRect(), small)


def _put(part: QWidget, box: QRect, unit: float) -> None:
    """Show a part in its box; hide it where that is empty."""
    part.setVisible(not box.isEmpty())
    if not box.isEmpty():
        if isinstance(part, Panel):
            part.set_unit(unit)
        part.setGeometry(box)


def _place_over(
    window: MainWindow, drawer: QRect, stage: QRect, network: QRect, answer: QRect, unit: float
) -> None:
    """What lies over the layers: the drawer, the networks' cards and notices."""
    if not drawer.isEmpty():
        window.drawer.set_unit(unit)
        window.drawer.setGeometry(drawer)
    window.dialogs.place(network, answer, unit)
    window.notice_card.set_place(stage, unit)
    window.offer_bar.set_place(stage, unit)
