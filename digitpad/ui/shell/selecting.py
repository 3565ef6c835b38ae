"""Between a row's layers and the selection: what is pointed at there, and what is framed."""

from __future__ import annotations

from digitpad.ui.network.network_view import NetworkView
from digitpad.ui.shell.selection import Selection
from digitpad.ui.shell.states import Row


def connect_view(view: NetworkView, selection: Selection, row: Row) -> None:
    """Have what is done in a row's layers select there, and show there what is selected."""
    view.unit_pointed_at.connect(lambda unit: selection.point_at(unit, row))
    view.unit_pinned.connect(lambda unit, at_once: selection.pin(unit, row, at_once))
    view.size_changed.connect(selection.take_click_back)
    view.kernels_wanted.connect(lambda layer: selection.show_kernels(layer, row))

    def show() -> None:
        pinned = selection.pinned if selection.pinned_row is row else None
        view.show_selection(pinned, selection.fields if selection.shown_row is row else {})

    selection.changed.connect(show)
