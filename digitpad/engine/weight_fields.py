"""A layer's weights as fields and bytes, and back with everything checked."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import numpy as np

from digitpad.core.results import LayerKind, NetworkInfo
from digitpad.engine.fields import Fields, bytes_of, floats
from digitpad.engine.messages import Content
from digitpad.explain.activations import FUNCTIONS
from digitpad.explain.questions import WeightsQuestion
from digitpad.explain.results import LayerWeights, NoReason, StepKind, WeightStep

_MOST_MAPS = 1_000_000
_MOST_STEPS = 20
_LARGE = 1e30


def _end(fields: Fields, body: bytes) -> None:
    fields.end()
    if body:
        raise fields.wrong("body")


def reason_of(fields: Fields) -> NoReason | None:
    """Why there is no explanation, of a field that tells it; None where it is empty."""
    text = fields.text("reason")
    if not text:
        return None
    try:
        return NoReason(text)
    except ValueError:
        raise fields.wrong("reason") from None


def code_of(reason: NoReason | None) -> str:
    """What reason_of reads again."""
    return "" if reason is None else reason.value


def encode_weights_question(question: WeightsQuestion) -> Content:
    """Which layer's weights are asked for."""
    map_ = -1 if question.map is None else question.map
    return {"layer": question.layer, "map": map_}, b""


def decode_weights_question(fields: Fields, body: bytes) -> WeightsQuestion:
    """The question again; raises ProtocolError where it is not as expected."""
    layer, map_ = fields.text("layer", 200), fields.integer("map", -1, _MOST_MAPS)
    _end(fields, body)
    return WeightsQuestion(layer, None if map_ < 0 else map_)


def encode_weights(weights: LayerWeights) -> Content:
    """A layer's weights: the body holds its kernels, then each step's factors and shifts."""
    fields = {
        "kind": weights.kind.value,
        "source": weights.source,
        "first": weights.first,
        "shape": list(weights.kernels.shape),
        "groups": weights.groups.tolist(),
        "steps": [
            {
                "kind": step.kind.value,
                "factors": len(step.factor),
                "shifts": len(step.shift),
                "layer": step.layer,
                "function": step.function,
                "parameters": [repr(one) for one in step.parameters],
            }
            for step in weights.steps
        ],
        "mean": weights.mean,
        "std": weights.std,
        "counts_padding": weights.counts_padding,
        "reason": code_of(weights.reason),
        "operation": weights.operation,
    }
    numbers = [one for step in weights.steps for one in (step.factor, step.shift)]
    return fields, bytes_of(weights.kernels, *numbers)


def decode_weights(
    fields: Fields, body: bytes, asked: WeightsQuestion, info: NetworkInfo
) -> LayerWeights:
    """The weights again, of the layer that was asked for; raises ProtocolError where they are not
    as expected or are not the layer's own."""
    known = {layer.name: layer for layer in info.layers}
    layer = known.get(asked.layer)
    if layer is None:
        raise fields.wrong("layer")
    count = 1 if asked.map is not None else layer.shape[0]
    given = fields.objects("steps", _MOST_STEPS, "a step")
    steps = [_decode_step(one, count, known.keys()) for one in given]
    shape = fields.integers("shape", 4, 0, _MOST_MAPS)
    if len(shape) != 4 or shape[0] not in (0, count):
        raise fields.wrong("shape")
    shapes = [(len(part),) for step in steps for part in (step.factor, step.shift)]
    kernels, *numbers = floats(body, (shape, *shapes), "a layer's weights")
    steps = [
        replace(step, factor=numbers[2 * place], shift=numbers[2 * place + 1])
        for place, step in enumerate(steps)
    ]
    weights = LayerWeights(
        asked.layer,
        fields.choice("kind", LayerKind),
        fields.text("source", 200),
        fields.integer("first", 0, _MOST_MAPS),
        kernels,
        np.array(fields.integers("groups", count, 0, _MOST_MAPS), np.int64),
        tuple(steps),
        fields.number("mean", -1e6, 1e6),
        fields.number("std", -1e6, 1e6),
        fields.flag("counts_padding"),
        reason_of(fields),
        fields.text("operation", 200),
    )
    fields.end()
    if weights.first != (asked.map or 0):
        raise fields.wrong("first")
    if weights.source and weights.source not in known:
        raise fields.wrong("source")
    if weights.std == 0:
        raise fields.wrong("std")
    return weights


def _decode_step(fields: Fields, count: int, layers: Collection[str]) -> WeightStep:
    """A step with arrays of the right length, to be filled from the body."""
    factors = fields.integer("factors", 0, count)
    shifts = fields.integer("shifts", 0, count)
    step = WeightStep(
        fields.choice("kind", StepKind),
        np.zeros(factors, np.float32),
        np.zeros(shifts, np.float32),
        fields.text("layer", 200),
        fields.text("function", 100),
        tuple(_number(fields, text) for text in fields.texts("parameters", 8, 40)),
    )
    fields.end()
    needs = {
        StepKind.BIAS: (0, count),
        StepKind.SCALE: (count, count),
        StepKind.ADDITION: (0, 0),
        StepKind.ACTIVATION: (factors, 0),
    }[step.kind]
    if (factors, shifts) != needs or factors not in (0, count):
        raise fields.wrong("factors")
    if (step.kind is StepKind.ADDITION) != (step.layer in layers):
        raise fields.wrong("layer")
    if (step.kind is StepKind.ACTIVATION) != (step.function in FUNCTIONS):
        raise fields.wrong("function")
    return step


def _number(fields: Fields, text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        raise fields.wrong("parameters") from None
    if not abs(number) <= _LARGE:
        raise fields.wrong("parameters")
    return number
