"""What is said of a layer's kernels."""

from __future__ import annotations

from digitpad.core.results import LayerInfo, LayerKind
from digitpad.explain.results import LayerWeights
from digitpad.ui.explain.kernel_sheet import Sheet


def source_of(weights: LayerWeights | None) -> str:
    """The layer that feeds a layer, or the input."""
    return "input" if weights is None or not weights.source else weights.source


def heading(layer: LayerInfo | None, weights: LayerWeights | None) -> tuple[str, list[str]]:
    """The title, and what stands behind it, the longest form first."""
    if layer is None:
        return "Kernels", []
    source = source_of(weights)
    title = layer.name if weights is None else f"{source} → {layer.name}"
    if weights is None or not weights.kernels.size:
        return title, []
    maps, inputs, high, wide = weights.kernels.shape
    if (high, wide) == (1, 1):
        what = "numbers of the codes" if layer.layer_kind is LayerKind.DISTANCES else "weights"
        return title, [f"{inputs * maps:,} {what}, a column for each unit of {source}", what]
    shape = f"{high} × {wide}"
    if inputs == 1:
        return title, [f"{maps} kernels, {shape}", f"{maps} kernels"]
    return title, [
        f"{maps} columns of {inputs} kernels, {shape}; a row for each map of {source}",
        f"{maps} × {inputs} kernels, {shape}",
        f"{maps} × {inputs}",
    ]


def meaning(is_of_answers: bool) -> str:
    """How the colours are read."""
    if is_of_answers:
        return "Orange speaks for the answer of its row, blue against it."
    return "Orange adds where its input is above 0, blue takes away."


def more_words(sheet: Sheet, count: int) -> str:
    """That there are more columns than are seen; "" where there are none."""
    if sheet.columns >= count:
        return ""
    last = sheet.first + sheet.columns
    return f" Columns {sheet.first + 1} to {last} of {count}; the wheel shows others."


def weight_words(weights: LayerWeights, at: tuple[int, int, int, int], number: str) -> str:
    """Which weight of a kernel is pointed at, counted from 1."""
    column, row, top, left = at
    is_alone = weights.kernels.shape[1] == 1
    source = source_of(weights) if is_alone else f"{source_of(weights)} map {row + 1}"
    place = f"row {top + 1}, column {left + 1}"
    return f"{source} → {weights.layer} map {column + 1}, {place}: {number}"
