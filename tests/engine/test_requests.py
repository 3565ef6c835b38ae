"""Every row, there and back; and nothing but what is as expected comes through."""

from __future__ import annotations

import copy
import json
import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digitpad.engine.fields import Fields
from digitpad.engine.handlers import HANDLERS
from digitpad.engine.messages import MessageReader, ProtocolError, encode
from digitpad.engine.registry import REQUESTS
from digitpad.engine.requests import OPEN, READ_BATCH, RECOGNIZE, Turn
from tests.engine.messages import (
    BATCH,
    DIGITS,
    INFO,
    SAMPLES,
    answered_again,
    asked_again,
    recognition,
    same,
)

ROWS = list(REQUESTS.values())


def test_every_row_has_a_handler_and_a_sample_here():
    assert REQUESTS.keys() == HANDLERS.keys() == SAMPLES.keys()
    assert all(name == row.name for name, row in REQUESTS.items())


def test_only_one_kind_of_request_goes_before_all_others():
    assert [row for row in ROWS if row.turn is Turn.DRAWING] == [RECOGNIZE]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_what_is_asked_and_answered_comes_back_as_it_was(row):
    asked, answer = SAMPLES[row.name]
    assert same(asked_again(row, asked), asked)
    assert same(answered_again(row, asked, answer), answer)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_a_field_or_a_byte_more_or_less_is_refused(row):
    asked, answer = SAMPLES[row.name]
    for (fields, body), decode in (
        (row.encode(asked), row.decode),
        (row.encode_answer(answer), lambda *given: row.decode_answer(*given, asked, INFO)),
    ):
        broken = [({**fields, "surprise": 1}, body), (fields, body + b"\0")]
        broken += [
            ({name: value for name, value in fields.items() if name != gone}, body)
            for gone in fields
        ]
        broken += [(fields, body[:-1])] if body else []
        for given_fields, given_body in broken:
            with pytest.raises(ProtocolError):
                decode(Fields(given_fields, "it"), given_body)


def test_activations_and_logits_may_be_what_no_number_is():
    answer = recognition()
    answer.activations["C3"][0, 0, 0] = np.nan
    answer.logits[:] = np.inf
    assert same(answered_again(RECOGNIZE, None, answer), answer)


def test_a_resized_digit_s_input_is_told_of_and_no_other():
    resized = replace(INFO, fit="resize")
    answer = replace(recognition(), input=np.random.default_rng(0).random((32, 32), np.float32))
    fields, body = RECOGNIZE.encode_answer(answer)
    found = RECOGNIZE.decode_answer(Fields(fields, "it"), body, None, resized)
    assert same(found, answer)
    for sent, told in ((answer, INFO), (recognition(), resized)):
        with pytest.raises(ProtocolError, match="not as expected"):
            RECOGNIZE.decode_answer(
                Fields(fields, "it"), RECOGNIZE.encode_answer(sent)[1], None, told
            )


@pytest.mark.parametrize(
    "shares",
    [
        np.full(10, np.nan),
        np.full(10, 0.2),
        np.zeros(10),
        np.array([1.5, -0.5, *[0] * 8]),
        np.array([np.inf, *[0] * 9]),
        np.array([np.inf, -np.inf, *[0] * 8]),
        np.full(10, 3e38),
    ],
)
def test_probabilities_are_a_distribution(shares):
    answer = recognition()
    answer.probabilities[:] = shares
    with pytest.raises(ProtocolError, match="its probabilities"):
        answered_again(RECOGNIZE, None, answer)
    batch = copy.deepcopy(BATCH)
    batch.probabilities[1] = shares
    with pytest.raises(ProtocolError, match="its probabilities"):
        answered_again(READ_BATCH, DIGITS, batch)


def test_what_is_accepted_is_true_or_false():
    fields, body = READ_BATCH.encode_answer(BATCH)
    with pytest.raises(ProtocolError, match="which are accepted"):
        READ_BATCH.decode_answer(Fields(fields, "it"), body[:-1] + b"\7", DIGITS, INFO)


@pytest.mark.parametrize(
    "rejection",
    [
        {"reason": "between", "classes": [3]},
        {"reason": "between", "classes": [3, 3]},
        {"reason": "between", "classes": [3, 10]},
        {"reason": "between", "classes": [3, -1]},
        {"reason": "blot", "classes": [1, 2]},
        {"reason": "whim", "classes": []},
        {"reason": 7, "classes": []},
        {"classes": []},
        {"classes": ["only"]},
        "blot",
        [],
        False,
    ],
)
def test_a_rejection_is_one_of_those_there_are(rejection):
    fields, body = RECOGNIZE.encode_answer(recognition())
    with pytest.raises(ProtocolError, match="not as expected"):
        RECOGNIZE.decode_answer(Fields({**fields, "rejection": rejection}, "it"), body, None, INFO)


GEOMETRY = {
    "kernel": [5, 5],
    "stride": [1, 1],
    "padding": [0, 0],
    "dilation": [1, 1],
    "is_transposed": False,
}


def layer(**changes: object) -> dict[str, Any]:
    fields, _ = OPEN.encode_answer(INFO)
    layers = copy.deepcopy(list(fields["layers"]))
    layers[2].update(changes)
    return {"layers": layers}


@pytest.mark.parametrize(
    "change",
    [
        {"title": 7},
        {"title": "x" * 501},
        {"title": "\ud800"},
        {"network": None},
        {"classes": []},
        {"classes": ["0"] * 100_000},
        {"classes": list("012345678")},
        {"classes": [0, 1, 2]},
        {"classes": "0123456789"},
        {"parameters": -1},
        {"parameters": 1.5},
        {"parameters": True},
        {"parameters": 10**13},
        {"weights_file": "x" * 9_000},
        {"device_report": ["x"] * 21},
        {"metadata": {"a": 1}},
        {"metadata": {str(n): "" for n in range(301)}},
        {"metadata": []},
        {"side": -28},
        {"side": 0},
        {"side": 5_000},
        {"fit": "stretch"},
        {"gives_distances": 1},
        {"tutorial": None},
        {"notes": [["deep"]]},
        {"layers": []},
        {"layers": None},
        {"layers": [7]},
        {"layers": [{"name": "C1"}]},
        layer(name="S2"),
        layer(name=3),
        layer(kind=None),
        layer(layer_kind="dream"),
        layer(shape=[]),
        layer(shape=[3, 3]),
        layer(shape=[16, 0, 10]),
        layer(shape=[16, 10, 10.0]),
        layer(shape=[1, 1_000_000, 1_000_000]),
        layer(parameters=None),
        layer(receptive_field=-1),
        layer(stride=10**9),
        layer(start="0"),
        layer(low=math.nan),
        layer(low=2.0, high=1.0),
        layer(high=[1]),
        layer(connections=[[0]]),
        layer(connections=[[]] * 16),
        layer(connections=[[6]] * 16),
        layer(connections=[[-1]] * 16),
        layer(connections=[0] * 16),
        layer(connections=[[0] * 10_000] * 16),
        layer(surprise=1),
        layer(feeds=None),
        layer(feeds=[{"layer": "S2", "geometry": None}]),
        layer(feeds=[{"layer": "F6", "geometry": None, "same_map": False}]),
        layer(feeds=[{"layer": "C3", "geometry": None, "same_map": False}]),
        layer(feeds=[{"layer": "S2", "geometry": {}, "same_map": False}]),
        layer(
            feeds=[{"layer": "S2", "geometry": GEOMETRY | {"stride": [0, 1]}, "same_map": False}]
        ),
        layer(feeds=[{"layer": "S2", "geometry": GEOMETRY | {"kernel": [5]}, "same_map": False}]),
    ],
    ids=lambda change: str(change)[:60],
)
def test_a_description_of_another_form_is_refused(change):
    fields, body = OPEN.encode_answer(INFO)
    sent = json.loads(json.dumps({**fields, **change}))
    with pytest.raises(ProtocolError, match="not as expected"):
        OPEN.decode_answer(Fields(sent, "it"), body, None, INFO)


def test_of_a_record_without_measure_the_beginning_is_told():
    long = {f"note {n}": "\u20ac" * 9_000 for n in range(100)}
    changed = replace(INFO, metadata={**INFO.metadata, **long})
    told = answered_again(OPEN, None, changed)
    assert told.metadata.items() <= changed.metadata.items()
    assert {"n", "epochs", "note 0"} <= told.metadata.keys() and len(told.metadata) < 100


# Anything at all in any place.

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(["x" * 20_000, "same", "between", "convolution"]),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Where something stands in a JSON value."""
    inner = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    return [path, *(place for key, one in inner for place in places(one, (*path, key)))]


def changed(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    if not path:
        return new
    value = copy.copy(value)
    value[path[0]] = changed(value[path[0]], path[1:], new)
    return value


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
@settings(max_examples=150)
@given(data=st.data())
def test_whatever_stands_in_a_field_is_refused_or_makes_a_sound_value(row, data):
    asked, answer = SAMPLES[row.name]
    fields, body = row.encode_answer(answer)
    fields = json.loads(json.dumps(fields))
    for _ in range(data.draw(st.integers(1, 2))):
        fields = changed(fields, data.draw(st.sampled_from(places(fields))), data.draw(JSON))
    if data.draw(st.booleans()) and body:
        at = data.draw(st.integers(0, len(body) - 1))
        body = (
            body[:at] + data.draw(st.binary(max_size=8)) + body[at + data.draw(st.integers(0, 8)) :]
        )
    try:
        (message,) = MessageReader().feed(encode(row.name, 1, (fields, body)))
        found = row.decode_answer(Fields(message.content, "it"), message.body, asked, INFO)
    except ProtocolError as error:
        assert len(str(error)) < 300 and "\n" not in str(error)
        return
    # What comes through can be told again, and is the same then.
    assert same(answered_again(row, asked, found), found)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
@settings(max_examples=100)
@given(data=st.data())
def test_whatever_is_asked_is_refused_or_makes_a_sound_question(row, data):
    asked, _ = SAMPLES[row.name]
    fields, body = row.encode(asked)
    fields = json.loads(json.dumps(fields))
    if fields:
        place = data.draw(st.sampled_from(places(fields)))
        fields = changed(fields, place, data.draw(JSON))
    if data.draw(st.booleans()) and body:
        at = data.draw(st.integers(0, len(body) - 1))
        body = body[:at] + data.draw(st.binary(max_size=8)) + body[at + 4 :]
    try:
        (message,) = MessageReader().feed(encode(row.name, 1, (fields, body)))
        found = row.decode(Fields(message.content, "it"), message.body)
    except ProtocolError as error:
        assert len(str(error)) < 300 and "\n" not in str(error)
        return
    assert same(asked_again(row, found), found)


@settings(max_examples=200)
@given(st.data())
def test_whatever_bytes_are_changed_a_message_is_refused_or_sound(data):
    asked, answer = SAMPLES["recognize"]
    stream = bytearray(encode("recognize", 1, RECOGNIZE.encode_answer(answer)))
    for _ in range(data.draw(st.integers(1, 4))):
        # Mostly in the header.
        at = data.draw(st.integers(0, 200) | st.integers(0, len(stream) - 1))
        stream[at] = data.draw(st.integers(0, 255))
    try:
        for message in MessageReader().feed(bytes(stream)):
            if message.kind == RECOGNIZE.name:
                fields = Fields(message.content, "it")
                RECOGNIZE.decode_answer(fields, message.body, asked, INFO)
    except ProtocolError as error:
        assert "\n" not in str(error)
