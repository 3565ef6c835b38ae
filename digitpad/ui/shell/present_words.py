"""The steps from the pen to the answer, and what each of them does in a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from digitpad.core.constants import FIELD
from digitpad.core.results import LayerInfo, LayerKind, NetworkInfo
from digitpad.datasets import DataSet

_MAPS = {
    LayerKind.CONVOLUTION: "{each} searches what comes before for one small pattern; strong "
    "colours say where it is.",
    LayerKind.POOLING_AVERAGE: "Each square averages a small patch of the map before: what was "
    "found stays, less of where exactly.",
    LayerKind.POOLING_MAX: "Each square keeps the largest of a small patch: what was found stays, "
    "less of where exactly.",
    LayerKind.SUBSAMPLING: "Each square averages a small patch, times its map's factor, plus its "
    "bias: less of where exactly.",
    LayerKind.FULL: "{each} weighs every number before it and adds them up.",
    LayerKind.DISTANCES: "How far what was found lies from the code of each class; the smallest "
    "distance is the answer.",
    LayerKind.ACTIVATION: "Each number passes through the same curve by itself, so that layers "
    "can do more than add up.",
    LayerKind.NORMALIZATION: "Each number is brought to a common middle and spread, as the next "
    "layer is used to.",
    LayerKind.OTHER: "What the network's own code makes of the layer before.",
}
_UNITS = _MAPS | {
    LayerKind.CONVOLUTION: "{each} looks at all maps at once, for one arrangement of what they "
    "found.",
    LayerKind.FULL: "{each} weighs every number before it and adds them up: evidence from the "
    "whole drawing.",
}
_OUTPUTS = (
    "{each} adds up what speaks for its class and what against it; the largest is the answer."
)


class Shown(Enum):
    """What a step shows large."""

    PEN = "pen"
    INPUT = "input"
    LAYER = "layer"
    ANSWER = "answer"


@dataclass(frozen=True)
class Step:
    """One step of the way.

    shown: what is large; layer: the name of the layer that is, "" for none. name: what the step is
    called; kind: what it is, in the field's words; does: what it does, in a sentence.
    """

    shown: Shown
    name: str
    kind: str
    does: str
    layer: str = ""


def steps_of(
    layers: Sequence[LayerInfo], data_set: DataSet, info: NetworkInfo | None = None
) -> tuple[Step, ...]:
    """All steps in order: pen, input, each layer, answer. info: of the network, once it has
    loaded; without layers there are three."""
    pen = f"Draw a {data_set.noun}: what the pen leaves is all that the network gets to see."
    side = f"{FIELD} × {FIELD}"
    where = "in the middle" if data_set.fills_field else "its centre of mass in the middle"
    digit = f"The box around the ink, brought down to {side} numbers, {where}: this is read."
    return (
        Step(Shown.PEN, "pen", "", pen),
        Step(Shown.INPUT, "input", f"{side} pixels", digit),
        *(
            Step(
                Shown.LAYER, layer.name, layer.kind, _layer_does(layer, layer is layers[-1]),
                layer.name,
            )
            for layer in layers
        ),
        Step(Shown.ANSWER, "answer", *_answer(info)),
    )  # fmt: skip


def _layer_does(layer: LayerInfo, is_last: bool) -> str:
    count, is_vector = layer.shape[0], len(layer.shape) == 1
    noun = "map" if not is_vector else "output" if is_last else "unit"
    each = f"Each of the {count:,} {noun}s" if count > 1 else f"The one {noun}"
    if is_vector and is_last and layer.layer_kind is not LayerKind.DISTANCES:
        return _OUTPUTS.format(each=each)
    return (_UNITS if is_vector else _MAPS)[layer.layer_kind].format(each=each)


def _answer(info: NetworkInfo | None) -> tuple[str, str]:
    """The kind of the answer, and what it does."""
    if info is not None and info.gives_distances:
        return "smallest distance", "The class whose code lies nearest is the answer."
    if info is not None and info.gives_sigmoids:
        return "sigmoids", "Each bar is what one output says by itself; the largest is the answer."
    return (
        "softmax",
        "The outputs become probabilities: each bar tells how sure the network is of a class.",
    )
