"""Networks' descriptions and their answers as fields and bytes, and back with every field checked.

A field that NetworkInfo, LayerInfo or Recognition gains is added to its two functions here.
"""

from __future__ import annotations

import math
from dataclasses import asdict, replace

import numpy as np
import numpy.typing as npt

from digitpad.core.geometry import Feed, Geometry, Pair
from digitpad.core.results import (
    FeedingSource,
    LayerInfo,
    LayerKind,
    NetworkInfo,
    ReaderKind,
    Recognition,
    Rejection,
    RejectionReason,
)
from digitpad.core.weights_record import MOST_CLASSES
from digitpad.engine.fields import Fields, bytes_of, floats
from digitpad.engine.messages import Content, ProtocolError

FITS = ("same", "pad", "resize")

_MOST_LAYERS = 500
_MOST_UNITS = 8_000_000  # of all layers: half of what a message's body holds
_MOST_CONNECTIONS = 100_000
_MOST_FEEDS = 50
_LONGEST_STEP = 10_000
_LARGE = 1_000_000
_MOST_PARAMETERS = 10**12
_MOST_SIDE = 4096
_PATH_LENGTH = 8192
_MOST_ENTRIES, _ENTRY_LENGTH, _RECORD_LENGTH = 300, 10_000, 100_000
_FIT_SUM = 1e-3


def encode_info(info: NetworkInfo) -> Content:
    """What a recogniser tells about a network.

    Of a record that is longer than a message has room for, what comes last is left out.
    """
    fields = asdict(replace(info, metadata=_shortened(info.metadata)))
    for layer in fields["layers"]:
        layer["layer_kind"] = layer["layer_kind"].value
    fields["fed_by"] = info.fed_by.value
    fields["reader"] = info.reader.value
    return fields, b""


def decode_info(fields: Fields, body: bytes) -> NetworkInfo:
    """A network's description; raises ProtocolError where it is not as expected or contradicts
    itself: a network has 2 to MOST_CLASSES classes, and its last layer a unit for each."""
    info = NetworkInfo(
        network=fields.text("network"),
        title=fields.text("title"),
        classes=fields.texts("classes", MOST_CLASSES, 100),
        parameters=fields.integer("parameters", 0, _MOST_PARAMETERS),
        layers=tuple(_layer(layer) for layer in fields.objects("layers", _MOST_LAYERS, "a layer")),
        weights_file=fields.text("weights_file", _PATH_LENGTH, is_path=True),
        device=fields.text("device"),
        device_report=fields.texts("device_report", 20, 2_000),
        metadata=fields.mapping("metadata", _MOST_ENTRIES, _ENTRY_LENGTH),
        side=fields.integer("side", 1, _MOST_SIDE),
        fit=fields.text("fit"),
        gives_distances=fields.flag("gives_distances"),
        tutorial=fields.text("tutorial", 2_000),
        notes=fields.texts("notes", 50, 5_000),
        gives_sigmoids=fields.flag("gives_sigmoids"),
        fed_by=fields.choice("fed_by", FeedingSource),
        reader=fields.choice("reader", ReaderKind),
    )
    fields.end()
    if len(info.classes) < 2:
        raise fields.wrong("classes")
    if info.fit not in FITS:
        raise fields.wrong("fit")
    layers = info.layers
    if (
        not layers
        or layers[-1].shape != (len(info.classes),)
        or len({layer.name for layer in layers}) != len(layers)
        or sum(math.prod(layer.shape) for layer in layers) > _MOST_UNITS
    ):
        raise fields.wrong("layers")
    _check_connections(fields, layers)
    _check_feeds(fields, layers)
    if body:
        raise fields.wrong("body")
    return info


def encode_recognition(recognition: Recognition) -> Content:
    """A network's answer to one digit: the arrays in the body are the logits, the probabilities,
    the activations in the layers' order, and the input where the digit was resized."""
    rejection = recognition.rejection
    fields = {
        "rejection": None
        if rejection is None
        else {"reason": rejection.reason.value, "classes": list(rejection.classes)},
        "milliseconds": recognition.milliseconds,
    }
    arrays = [recognition.logits, recognition.probabilities, *recognition.activations.values()]
    if recognition.input is not None:
        arrays.append(recognition.input)
    return fields, bytes_of(*arrays)


def decode_recognition(fields: Fields, body: bytes, info: NetworkInfo) -> Recognition:
    """The answer of the network that info describes; raises ProtocolError where it is not as
    expected: there are activations of every layer in its shape, the probabilities add up to 1 (but
    for sigmoids), and a rejection names two classes where it has to, else none."""
    count = len(info.classes)
    is_resized = info.fit == "resize"
    shapes = ((count,), (count,), *(layer.shape for layer in info.layers))
    if is_resized:
        shapes = (*shapes, (info.side, info.side))
    logits, probabilities, *activations = floats(body, shapes, "an answer")
    given_input = activations.pop() if is_resized else None
    given = fields.object_or_none("rejection", "a rejection")
    recognition = Recognition(
        logits=logits,
        probabilities=probabilities,
        activations={
            layer.name: array for layer, array in zip(info.layers, activations, strict=True)
        },
        rejection=None if given is None else _rejection(given, count),
        milliseconds=fields.number("milliseconds", 0, 1e9),
        input=given_input,
    )
    fields.end()
    check_probabilities(probabilities[None], info, "an answer")
    return recognition


def check_probabilities(
    probabilities: npt.NDArray[np.float32], info: NetworkInfo, what: str
) -> None:
    """Raises ProtocolError where rows of probabilities, float32 (n, classes), are no distributions;
    of a network that gives sigmoids, where they are not in [0, 1]."""
    # A comparison with NaN is False.
    is_sound = bool(probabilities.min() >= 0 and probabilities.max() <= 1 + _FIT_SUM)
    if is_sound and info.gives_sigmoids:
        return
    if not is_sound or np.abs(probabilities.sum(axis=1) - 1).max() > _FIT_SUM:
        raise ProtocolError(f"{what} is not as expected: its probabilities")


def _layer(fields: Fields) -> LayerInfo:
    layer = LayerInfo(
        name=fields.text("name", 200),
        kind=fields.text("kind"),
        layer_kind=fields.choice("layer_kind", LayerKind),
        shape=fields.integers("shape", 3, 1, _MOST_UNITS),
        parameters=fields.integer("parameters", 0, _MOST_PARAMETERS),
        receptive_field=fields.integer("receptive_field", 1, _LARGE),
        low=fields.number_or_none("low"),
        high=fields.number_or_none("high"),
        stride=fields.integer("stride", 1, _LARGE),
        start=fields.integer("start", -_LARGE, _LARGE),
        connections=fields.rows("connections", _MOST_CONNECTIONS, _MOST_CONNECTIONS, _LARGE),
        feeds=tuple(_feed(feed) for feed in fields.objects("feeds", _MOST_FEEDS, "a feed")),
    )
    fields.end()
    if len(layer.shape) not in (1, 3):
        raise fields.wrong("shape")
    if layer.low is not None and layer.high is not None and not layer.low < layer.high:
        raise fields.wrong("range")
    return layer


def _feed(fields: Fields) -> Feed:
    given = fields.object_or_none("geometry", "a geometry")
    feed = Feed(
        fields.text("layer", 200),
        None if given is None else _geometry(given),
        fields.flag("same_map"),
    )
    fields.end()
    return feed


def _geometry(fields: Fields) -> Geometry:
    def pair(name: str, low: int) -> Pair:
        given = fields.integers(name, 2, low, _LONGEST_STEP)
        if len(given) != 2:
            raise fields.wrong(name)
        return given[0], given[1]

    geometry = Geometry(
        pair("kernel", 1),
        pair("stride", 1),
        pair("padding", -_LONGEST_STEP),
        pair("dilation", 1),
        fields.flag("is_transposed"),
    )
    fields.end()
    return geometry


def _check_feeds(fields: Fields, layers: tuple[LayerInfo, ...]) -> None:
    """What feeds a layer comes before it."""
    before = {""}
    for layer in layers:
        if not before.issuperset(feed.layer for feed in layer.feeds):
            raise fields.wrong("feeds")
        before.add(layer.name)


def _check_connections(fields: Fields, layers: tuple[LayerInfo, ...]) -> None:
    """Each map that sees some maps only names those of a layer before, and at least one."""
    most = 1
    for layer in layers:
        rows = layer.connections
        if rows and (
            len(rows) != layer.shape[0]
            or any(not row or max(row) >= most for row in rows)
            or sum(map(len, rows)) > _MOST_CONNECTIONS
        ):
            raise fields.wrong("connections")
        most = max(most, layer.shape[0])


def _rejection(fields: Fields, count: int) -> Rejection:
    reason = fields.choice("reason", RejectionReason)
    classes = fields.integers("classes", 2, 0, count - 1)
    fields.end()
    if len(set(classes)) != (2 if reason is RejectionReason.BETWEEN else 0):
        raise fields.wrong("classes")
    return Rejection(reason, classes)


def _shortened(metadata: dict[str, str]) -> dict[str, str]:
    """The first entries of a record that a message has room for, whatever characters they are
    of."""
    kept: dict[str, str] = {}
    room = _RECORD_LENGTH
    for name, text in metadata.items():
        room -= len(name) + len(text)
        if room < 0 or len(kept) == _MOST_ENTRIES or max(len(name), len(text)) > _ENTRY_LENGTH:
            break
        kept[name] = text
    return kept
