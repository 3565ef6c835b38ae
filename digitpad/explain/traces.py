"""How a unit's value comes about, computed again in float64 from activations and weights; numpy
alone, so that a trace can follow the pen."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from digitpad.core.geometry import Geometry
from digitpad.core.results import LayerInfo, LayerKind, NetworkInfo, Recognition, Unit
from digitpad.explain.activations import activate
from digitpad.explain.fields import INPUT
from digitpad.explain.inputs import Activations
from digitpad.explain.results import (
    Floats,
    LayerWeights,
    MapTerms,
    NoReason,
    PooledTerms,
    SoftmaxTrace,
    StepKind,
    TraceStep,
    UnitTrace,
)

POOLINGS = (LayerKind.POOLING_AVERAGE, LayerKind.POOLING_MAX, LayerKind.SUBSAMPLING)

_CLOSE = 1e-4


def trace_unit(unit: Unit, weights: LayerWeights, activations: Activations) -> UnitTrace:
    """How a unit's value comes about.

    weights: of its layer, its map among them; activations: of every layer that feeds it, and its
    own. Raises KeyError where one is missing, IndexError for a unit that is not there.
    """
    shown = _value(activations[unit.layer.name], unit.map, unit.row, unit.column)
    name = unit.layer.name
    if weights.reason is not None:
        return UnitTrace(
            name,
            unit.map,
            unit.row,
            unit.column,
            shown,
            reason=weights.reason,
            operation=weights.operation,
        )
    sums, pooled = None, None
    if weights.kind in POOLINGS:
        pooled = _pooled(unit, weights, _maps(activations[weights.source]))
        number = pooled.value
    else:
        sums = _sums(unit, weights, _maps(activations[weights.source]))
        number = math.fsum(sums.sums)
    steps = _steps(unit, weights, activations, number)
    is_activated = bool(steps) and steps[-1].kind is StepKind.ACTIVATION
    value = steps[-1].after if steps else number
    return UnitTrace(
        name,
        unit.map,
        unit.row,
        unit.column,
        shown,
        sums,
        pooled,
        tuple(steps),
        total=steps[-1].before if is_activated else value,
        value=value,
    )


def trace_softmax(recognition: Recognition, info: NetworkInfo) -> SoftmaxTrace:
    """How a network's logits become its probabilities.

    Where they are no softmax of the logits, as of a network that ends in sigmoids, or the logits
    are not finite, the reason says so.
    """
    temperature = info.record.temperature or 1.0
    logits = recognition.logits.astype(np.float64)
    with np.errstate(all="ignore"):
        scaled = logits / temperature
        peak = float(scaled.max())
        exponentials = np.exp(scaled - peak)
        total = float(exponentials.sum())
        probabilities = exponentials / total
    reason = None
    if not np.isfinite(logits).all():
        reason = NoReason.NOT_FINITE
    elif np.abs(probabilities - recognition.probabilities).max() > _CLOSE:
        reason = NoReason.NOT_A_SOFTMAX
    return SoftmaxTrace(
        logits, temperature, scaled, peak, exponentials, total, probabilities, reason
    )


def _maps(activations: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """A layer's activations as maps (n, h, w): units are maps of one square, the input is one
    map."""
    if activations.ndim == 1:
        return activations[:, None, None]
    return activations if activations.ndim == 3 else activations[None]


def _value(activations: npt.NDArray[np.float32], map_: int, row: int, column: int) -> float:
    return float(_maps(activations)[map_, row, column])


def _sums(unit: Unit, weights: LayerWeights, source: npt.NDArray[np.float32]) -> MapTerms:
    """A unit's products by the maps that it sees."""
    kernels = weights.kernels[unit.map - weights.first]
    if weights.source == INPUT and len(source) == 1:
        # A module may take the same digit as three channels.
        source = np.repeat(source, len(kernels), axis=0)
    maps = np.arange(len(source))
    if unit.layer.connections:
        maps = np.array(unit.layer.connections[unit.map], np.int64)
    geometry = _geometry(unit.layer)
    if geometry is None:
        rows, columns = (np.arange(size) for size in source.shape[1:])
        patches = source[maps].astype(np.float64)
        is_padding = np.zeros((len(rows), len(columns)), bool)
        taken = kernels[maps].astype(np.float64)
    else:
        rows, row_taps = _taps(geometry, 0, unit.row, source.shape[1])
        columns, column_taps = _taps(geometry, 1, unit.column, source.shape[2])
        patches, is_padding = _patch(source[maps], rows, columns)
        taken = kernels[maps][:, row_taps][:, :, column_taps].astype(np.float64)
    is_distance = weights.kind is LayerKind.DISTANCES
    products = np.square(patches - taken) if is_distance else patches * taken
    return MapTerms(
        weights.source,
        maps,
        rows,
        columns,
        patches,
        taken,
        is_padding,
        products.sum(axis=(1, 2)),
        is_distance,
    )


def _pooled(unit: Unit, weights: LayerWeights, source: npt.NDArray[np.float32]) -> PooledTerms:
    """A pooling unit's block; padding is 0 in an average and never wins a maximum."""
    geometry = _geometry(unit.layer) or Geometry(source.shape[1:])
    rows, _ = _taps(geometry, 0, unit.row, source.shape[1])
    columns, _ = _taps(geometry, 1, unit.column, source.shape[2])
    patches, is_padding = _patch(source[unit.map : unit.map + 1], rows, columns)
    patch = patches[0]
    is_max = weights.kind is LayerKind.POOLING_MAX
    shares, winners = np.zeros_like(patch), np.zeros(patch.shape, bool)
    if is_max:
        able = np.where(is_padding, -np.inf, patch)
        # NaN wins wherever it is.
        winners = np.isnan(able) if np.isnan(able).any() else able == able.max()
        first = np.unravel_index(int(winners.argmax()), patch.shape)
        shares[first] = patch[first]
    else:
        count = patch.size if weights.counts_padding else int((~is_padding).sum())
        shares = patch / count
    return PooledTerms(
        weights.source, unit.map, rows, columns, patch, is_padding, shares, is_max, winners
    )


def _geometry(layer: LayerInfo) -> Geometry | None:
    return layer.feeds[0].geometry if layer.feeds else None


def _taps(
    geometry: Geometry, axis: int, place: int, size: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The rows (or columns) that a unit sees, padding among them, and the kernel's that each is
    multiplied with. Of a transposed convolution only rows that are there."""
    kernel, stride = geometry.kernel[axis], geometry.stride[axis]
    padding, dilation = geometry.padding[axis], geometry.dilation[axis]
    if not geometry.is_transposed:
        taps = np.arange(kernel)
        return place * stride - padding + taps * dilation, taps
    rows = np.arange(size)
    steps = place + padding - rows * stride
    taps, rest = np.divmod(steps, dilation)
    meets = (rest == 0) & (taps >= 0) & (taps < kernel)
    return rows[meets], taps[meets]


def _patch(
    maps: npt.NDArray[np.float32], rows: npt.NDArray[np.int64], columns: npt.NDArray[np.int64]
) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """The numbers of maps (n, h, w) in some rows and columns, float64 (n, rows, columns), 0 beyond
    their edge; and where that is, bool (rows, columns)."""
    height, width = maps.shape[1:]
    is_row, is_column = (rows >= 0) & (rows < height), (columns >= 0) & (columns < width)
    inside = is_row[:, None] & is_column
    taken = maps[:, rows.clip(0, height - 1)][:, :, columns.clip(0, width - 1)]
    return np.where(inside, taken.astype(np.float64), 0.0), ~inside


def _steps(
    unit: Unit, weights: LayerWeights, activations: Activations, number: float
) -> list[TraceStep]:
    """What happens to a unit's sum, or pooled number, until it is its value."""
    found: list[TraceStep] = []
    place = unit.map - weights.first
    for step in weights.steps:
        term, factor = 0.0, 1.0
        if step.kind is StepKind.ACTIVATION:
            # A slope of the map's own, as a PReLU has.
            parameters = (float(step.factor[place]),) if step.factor.size else step.parameters
            after = activate(step.function, parameters, number)
            found.append(
                TraceStep(step.kind, number, after, function=step.function, parameters=parameters)
            )
            number = after
            continue
        if step.kind is StepKind.ADDITION:
            term = _value(activations[step.layer], unit.map, unit.row, unit.column)
        else:
            term = float(step.shift[place])
        if step.kind is StepKind.SCALE:
            factor = float(step.factor[place])
        after = number * factor + term
        found.append(TraceStep(step.kind, number, after, term, factor, step.layer))
        number = after
    return found
