"""What is said of a layer's kernels."""

from __future__ import annotations

from digitpad.core.languages import _
from digitpad.core.results import LayerInfo, LayerKind
from digitpad.explain.results import LayerWeights
from digitpad.ui.explain.kernel_sheet import Sheet
from digitpad.ui.explain.unit_words import why_not


def source_of(weights: LayerWeights | None) -> str:
    """The layer that feeds a layer, or the input."""
    return _("input") if weights is None or not weights.source else weights.source


def heading(layer: LayerInfo | None, weights: LayerWeights | None) -> tuple[str, list[str]]:
    """The title, and what stands behind it, the longest form first."""
    if layer is None:
        return _("Kernels"), []
    source = source_of(weights)
    title = layer.name if weights is None else f"{source} → {layer.name}"
    if weights is None or not weights.kernels.size:
        return title, []
    maps, inputs, high, wide = weights.kernels.shape
    if (high, wide) == (1, 1):
        what = (
            _("numbers of the codes") if layer.layer_kind is LayerKind.DISTANCES else _("weights")
        )
        return title, [
            _("{inputs:,} {what}, a column for each unit of {source}").format(
                inputs=inputs * maps, what=what, source=source
            ),
            what,
        ]
    shape = f"{high} × {wide}"
    if inputs == 1:
        return title, [
            _("{maps} kernels, {shape}").format(maps=maps, shape=shape),
            _("{maps} kernels").format(maps=maps),
        ]
    return title, [
        _("{maps} columns of {inputs} kernels, {shape}; a row for each map of {source}").format(
            maps=maps, inputs=inputs, shape=shape, source=source
        ),
        _("{maps} × {inputs} kernels, {shape}").format(maps=maps, inputs=inputs, shape=shape),
        f"{maps} × {inputs}",
    ]


def trouble_of(layer: LayerInfo | None, weights: LayerWeights | None, refusal: str) -> str:
    """What is said in place of kernels; "" where there are some. refusal: why the weights cannot be
    had, or nothing."""
    if layer is None:
        return _("No layer of this network has kernels that can be shown.")
    if weights is None:
        return refusal or _("Waiting for the weights of {name} …").format(name=layer.name)
    if weights.reason is not None:
        return why_not(weights.reason, layer, weights.operation)
    return "" if weights.kernels.size else _("{name} has no kernels.").format(name=layer.name)


def meanings(is_of_answers: bool, more: str) -> tuple[str, str]:
    """How the colours are read, and what more there is; behind it a shorter form."""
    if is_of_answers:
        long = _("Orange speaks for the answer of its row, blue against it.")
        return f"{long}{more}", _("Orange for its answer, blue against it.")
    long = _("Orange adds where its input is above 0, blue takes away.")
    return f"{long}{more}", _("Input above 0: orange adds, blue takes away.")


def matrix_words(weights: LayerWeights, column: int, row: str, number: str) -> str:
    """Which weight of a full connection is pointed at, counted from 1; row: its unit's name."""
    return _("{source} unit {column} → {row}: {number}").format(
        source=source_of(weights), column=column + 1, row=row, number=number
    )


def more_words(sheet: Sheet, count: int) -> str:
    """That there are more columns than are seen; "" where there are none."""
    if sheet.columns >= count:
        return ""
    last = sheet.first + sheet.columns
    return _(" Columns {first} to {last} of {count}; the wheel or Page keys show others.").format(
        first=sheet.first + 1, last=last, count=count
    )


def weight_words(weights: LayerWeights, at: tuple[int, int, int, int], number: str) -> str:
    """Which weight of a kernel is pointed at, counted from 1."""
    column, row, top, left = at
    is_alone = weights.kernels.shape[1] == 1
    source = (
        source_of(weights)
        if is_alone
        else _("{source} map {row}").format(source=source_of(weights), row=row + 1)
    )
    place = _("row {top}, column {left}").format(top=top + 1, left=left + 1)
    return _("{source} → {layer} map {column}, {place}: {number}").format(
        source=source, layer=weights.layer, column=column + 1, place=place, number=number
    )
