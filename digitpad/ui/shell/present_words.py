"""The steps from the pen to the answer, and what each of them does in a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from digitpad.core.constants import FIELD
from digitpad.core.languages import N_, _, ngettext
from digitpad.core.results import LayerInfo, LayerKind, NetworkInfo
from digitpad.datasets import DataSet
from digitpad.nets.spec.layer_words import kind_words, layer_name

_MAPS = {
    LayerKind.CONVOLUTION: N_(
        "{each} searches what comes before for one small pattern; strong colours say where it is."
    ),
    LayerKind.POOLING_AVERAGE: N_(
        "Each square averages a small patch of the map before: what was found "
        "stays, less of where exactly."
    ),
    LayerKind.POOLING_MAX: N_(
        "Each square keeps the largest of a small patch: what was found stays, "
        "less of where exactly."
    ),
    LayerKind.SUBSAMPLING: N_(
        "Each square averages a small patch, times its map's factor, plus its "
        "bias: less of where exactly."
    ),
    LayerKind.FULL: N_("{each} weighs every number before it and adds them up."),
    LayerKind.DISTANCES: N_(
        "How far what was found lies from the code of each class; the smallest "
        "distance is the answer."
    ),
    LayerKind.ACTIVATION: N_(
        "Each number passes through the same curve by itself, so that layers can "
        "do more than add up."
    ),
    LayerKind.NORMALIZATION: N_(
        "Each number is brought to a common middle and spread, as the next layer is used to."
    ),
    LayerKind.OTHER: N_("What the network's own code makes of the layer before."),
}
_UNITS = _MAPS | {
    LayerKind.CONVOLUTION: N_(
        "{each} looks at all maps at once, for one arrangement of what they found."
    ),
    LayerKind.FULL: N_(
        "{each} weighs every number before it and adds them up: evidence from the whole drawing."
    ),
}
_PEN = {
    "digit": N_("Draw a digit: what the pen leaves is all that the network gets to see."),
    "garment": N_("Draw a garment: what the pen leaves is all that the network gets to see."),
    "character": N_("Draw a character: what the pen leaves is all that the network gets to see."),
}
_OUTPUTS = N_(
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
    pen = _(_PEN[data_set.noun])
    side = f"{FIELD} × {FIELD}"
    digit = (
        _("The box around the ink, brought down to {side} numbers, in the middle: this is read.")
        if data_set.fills_field
        else _(
            "The box around the ink, brought down to {side} numbers, its centre of mass "
            "in the middle: this is read."
        )
    ).format(side=side)
    return (
        Step(Shown.PEN, _("pen"), "", pen),
        Step(Shown.INPUT, _("input"), _("{side} pixels").format(side=side), digit),
        *(
            Step(
                Shown.LAYER, layer_name(layer.name), kind_words(layer.kind),
                _layer_does(layer, layer is layers[-1]), layer.name,
            )
            for layer in layers
        ),
        Step(Shown.ANSWER, _("answer"), *_answer(info)),
    )  # fmt: skip


def _layer_does(layer: LayerInfo, is_last: bool) -> str:
    count, is_vector = layer.shape[0], len(layer.shape) == 1
    if not is_vector:
        each = ngettext("The one map", "Each of the {n:,} maps", count)
    elif is_last:
        each = ngettext("The one output", "Each of the {n:,} outputs", count)
    else:
        each = ngettext("The one unit", "Each of the {n:,} units", count)
    does = (_UNITS if is_vector else _MAPS)[layer.layer_kind]
    if is_vector and is_last and layer.layer_kind is not LayerKind.DISTANCES:
        does = _OUTPUTS
    return _(does).format(each=each.format(n=count))


def _answer(info: NetworkInfo | None) -> tuple[str, str]:
    """The kind of the answer, and what it does."""
    if info is not None and info.gives_distances:
        return _("smallest distance"), _("The class whose code lies nearest is the answer.")
    if info is not None and info.gives_sigmoids:
        return "sigmoids", _(
            "Each bar is what one output says by itself; the largest is the answer."
        )
    return (
        "softmax",
        _("The outputs become probabilities: each bar tells how sure the network is of a class."),
    )
