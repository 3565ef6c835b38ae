"""Whatever description and answer come through the checks of the pipe, the window shows."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from digitpad.core.results import (
    LayerInfo,
    LayerKind,
    NetworkInfo,
    Recognition,
    Rejection,
    RejectionReason,
)
from digitpad.engine.fields import Fields
from digitpad.engine.messages import MessageReader, encode
from digitpad.engine.requests import OPEN, RECOGNIZE
from tests.ui.stubs import INFO
from tests.ui.windows import draw

DIGITS = tuple("0123456789")


def layer(name: str, *shape: int, field: int = 1, **options: object) -> LayerInfo:
    return LayerInfo(name, "as it is", shape, 1, field, **options)


def network(
    *layers: LayerInfo, classes: tuple[str, ...] = DIGITS, **options: object
) -> NetworkInfo:
    layers = (*layers, layer("output", len(classes)))
    return replace(INFO, layers=layers, classes=classes, **options)


CONVOLUTION = LayerKind.CONVOLUTION
NETWORKS = {
    "wide": network(layer("a", 1, 1, 100_000)),
    "tall": network(layer("a", 1, 100_000, 1)),
    "many maps": network(layer("a", 20_000, 2, 2)),
    "many units": network(layer("a", 2_000_000)),
    "one layer": network(),
    "many layers": network(*(layer(f"L{i}", 4) for i in range(100))),
    "many classes": network(classes=tuple(f"class {i}" for i in range(1000))),
    "odd names": network(layer("\n\u202e\U0001f600" + "x" * 150, 2, 3, 3), layer("", 3)),
    "odd classes": network(classes=("", "\n" * 90)),
    "sparse": network(
        layer("a", 3, 5, 5),
        layer("b", 500, 4, 4, connections=((0, 2),) * 500, layer_kind=CONVOLUTION),
    ),
    "unequal": network(
        layer("a", 64, 300, 40, layer_kind=CONVOLUTION), layer("b", 3, 1, 1, layer_kind=CONVOLUTION)
    ),
    "large fields": network(
        layer("a", 2, 3, 3, field=10**6, stride=10**6, start=-(10**6), low=-1e30, high=1e30)
    ),
    "large side": network(layer("a", 2, 3, 3), side=4096, fit="pad"),
    "small side": network(layer("a", 2, 3, 3), side=1, fit="resize"),
    "few distances": network(
        layer("a", 2, 3, 3, layer_kind=LayerKind.DISTANCES),
        classes=("a", "b"),
        gives_distances=True,
    ),
    "long texts": replace(
        INFO,
        metadata=dict.fromkeys(("dataset", "date", "departures", "�"), "x" * 9000),
        tutorial="y" * 2000,
        notes=("z" * 5000,) * 5,
        device_report=("d" * 2000,) * 20,
        weights_file="/\udcff\n" + "w" * 8000,
    ),
}


@pytest.mark.parametrize("info", NETWORKS.values(), ids=NETWORKS)
def test_a_network_of_any_form_is_shown_with_any_numbers(qtbot, window, info):
    client = window.session.client
    (message,) = MessageReader().feed(encode("open", 0, OPEN.encode_answer(info)))
    fields = Fields(message.content, "it")
    told = OPEN.decode_answer(fields, message.body, None, info)
    client.ready.emit(told)
    draw(window)
    qtbot.waitUntil(lambda: bool(client.asked) and not window.session.is_reading_due)
    count = len(told.classes)
    for number in (0.5, np.nan, np.inf, -3e38):
        answer = Recognition(
            np.full(count, number, np.float32),
            np.full(count, 1 / count, np.float32),
            {one.name: np.full(one.shape, number, np.float32) for one in told.layers},
            Rejection(RejectionReason.UNDEFINED) if number != 0.5 else None,
            input=np.zeros((told.side,) * 2, np.float32) if told.fit == "resize" else None,
        )
        fields, body = RECOGNIZE.encode_answer(answer)
        heard = RECOGNIZE.decode_answer(Fields(fields, "it"), body, None, told)
        client.recognized.emit(heard)
        assert window.session.recognition is heard
        window.grab()
    window.dialogs.about.toggle()
    window.grab()
    window.dialogs.about.toggle()
