from __future__ import annotations

import json
import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitpad.core.results import NetworkInfo, Recognition, Rejection, RejectionReason
from digitpad.engine.messages import (
    MessageReader,
    ProtocolError,
    decode_digit,
    decode_info,
    decode_many,
    decode_many_request,
    decode_recognition,
    encode,
    encode_many,
    encode_many_request,
    encode_ready,
    encode_recognition,
    encode_request,
)
from digitpad.nets.spec.catalogue import NETWORKS


def read(content: bytes) -> list:
    return list(MessageReader().feed(content))


INFO = NetworkInfo(
    "lenet5",
    "LeNet-5",
    tuple("0123456789"),
    61_706,
    NETWORKS["lenet5"].layer_infos,
    "a.safetensors",
    "cpu",
    ("cpu: taken",),
    {"n": "1"},
)


def recognition() -> Recognition:
    rng = np.random.default_rng(0)
    arrays = {
        name: rng.random(shape, dtype=np.float32)
        for name, shape in (("C1", (6, 28, 28)), ("F6", (84,)))
    }
    return Recognition(
        rng.random(10, dtype=np.float32),
        rng.random(10, dtype=np.float32),
        arrays,
        Rejection(RejectionReason.BETWEEN, (3, 8)),
        1.5,
    )


@given(st.lists(st.binary(max_size=50), max_size=5), st.data())
def test_messages_come_out_whole_however_the_bytes_arrive(bodies, choices):
    stream = b"".join(encode({"kind": "k", "at": at}, body) for at, body in enumerate(bodies))
    cuts = sorted(choices.draw(st.lists(st.integers(0, len(stream)), max_size=8)))
    reader = MessageReader()
    found = []
    for start, end in zip([0, *cuts], [*cuts, len(stream)], strict=True):
        found += list(reader.feed(stream[start:end]))
    assert found == [({"kind": "k", "at": at}, body) for at, body in enumerate(bodies)]


@pytest.mark.parametrize("stream", [b"7", b"hello", b"DGT?", b"\0" * 40, b"DG\n"])
def test_anything_else_is_noticed_at_once(stream):
    with pytest.raises(ProtocolError, match="no message"):
        read(stream)


def test_babble_after_a_message_is_noticed():
    reader = MessageReader()
    messages = reader.feed(encode({"kind": "k"}) + b"and now")
    assert next(messages)[0] == {"kind": "k"}
    with pytest.raises(ProtocolError):
        next(messages)


@pytest.mark.parametrize("lengths", [(1 << 30, 0), (10, 1 << 31), (2**32 - 1, 2**32 - 1)])
def test_lengths_without_measure_are_refused_before_anything_is_waited_for(lengths):
    with pytest.raises(ProtocolError):
        read(struct.pack("<4sII", b"DGTP", *lengths))


@pytest.mark.parametrize(
    "header", [b"", b"no", b"[]", b"{}", b'{"kind": 7}', b"[" * 100_000, b"\xff"]
)
def test_a_header_is_an_object_that_names_its_kind(header):
    with pytest.raises(ProtocolError, match="header"):
        read(struct.pack("<4sII", b"DGTP", len(header), 0) + header)


def test_a_request_carries_its_number_and_digit():
    digit = np.random.default_rng(0).random((28, 28)).astype(np.float64)
    ((header, body),) = read(encode_request(41, digit))
    assert header == {"kind": "recognize", "request": 41}
    assert np.array_equal(decode_digit(body), digit.astype(np.float32))


def test_a_digit_of_another_size_or_with_undefined_numbers_is_refused():
    with pytest.raises(ProtocolError, match="has 3136 bytes, not 4"):
        decode_digit(b"1234")
    with pytest.raises(ProtocolError, match="not finite"):
        decode_digit(np.full((28, 28), np.nan, "<f4").tobytes())


def test_info_come_back_as_they_were():
    ((header, body),) = read(encode_ready(INFO))
    assert decode_info(header) == INFO and body == b""


@pytest.mark.parametrize(
    "change",
    [
        {"layers": None},
        {"layers": [{"name": "C1"}]},
        {"layers": [7]},
        {"classes": 7},
        {"device_report": None},
        {"surprise": 1},
        {
            "layers": [
                {
                    "name": "C1",
                    "kind": "",
                    "layer_kind": "convolution",
                    "shape": [float("inf")],
                    "parameters": 1,
                    "receptive_field": 1,
                }
            ]
        },
    ],
)
def test_info_of_another_form_are_refused(change):
    ((header, _),) = read(encode_ready(INFO))
    for broken in ({"info": {**header["info"], **change}}, {}, {"info": None}):
        with pytest.raises(ProtocolError, match="info"):
            decode_info(broken)


def test_an_answer_comes_back_as_it_was():
    sent = recognition()
    ((header, body),) = read(encode_recognition(7, sent))
    number, got = decode_recognition(header, body)
    assert number == 7
    assert np.array_equal(got.logits, sent.logits) and np.array_equal(
        got.probabilities, sent.probabilities
    )
    assert {name: a.shape for name, a in got.activations.items()} == {
        "C1": (6, 28, 28),
        "F6": (84,),
    }
    assert np.array_equal(got.activations["C1"], sent.activations["C1"])
    assert (got.rejection, got.milliseconds) == (sent.rejection, 1.5)


@pytest.mark.parametrize(
    "arrays",
    [
        None,
        [],
        [["logits", [10]]],
        [["logits", [10]], ["probabilities", [9]]],
        [["logits", [0]], ["probabilities", [0]]],
        [["logits", [-10]], ["probabilities", [10]]],
        [["logits", [2**62, 2**62]], ["probabilities", [10]]],
        [["logits", [2, 5]], ["probabilities", [2, 5]]],
        [["logits", [10]], ["probabilities", [10]], ["C1", [10_000]]],
        [["logits", "10"], ["probabilities", [10]]],
    ],
)
def test_arrays_that_do_not_fit_their_message_are_refused(arrays):
    header = {"request": 1, "rejection": None, "milliseconds": 1, "arrays": arrays}
    with pytest.raises(ProtocolError, match="answer"):
        decode_recognition(header, np.zeros(20, "<f4").tobytes())


def test_an_answer_with_bytes_to_spare_or_without_a_number_is_refused():
    ((header, body),) = read(encode_recognition(7, recognition()))
    for broken in (
        ({**header, "request": None}, body),
        (header, body + b"1234"),
        (header, body[:-4]),
        ({}, body),
    ):
        with pytest.raises(ProtocolError, match="answer"):
            decode_recognition(*broken)
    assert json.loads(json.dumps(header)) == header


def test_many_digits_and_their_answers_come_back_as_they_were():
    rng = np.random.default_rng(0)
    digits, shares, accepted = (
        rng.integers(0, 256, (3, 28, 28)),
        rng.random((3, 7)),
        np.array([True, False, True]),
    )
    ((header, body),) = read(encode_many_request(8, digits.astype(np.uint8)))
    assert header == {"kind": "read many", "request": 8} and np.array_equal(
        decode_many_request(body), digits
    )
    number, got, like = decode_many(*read(encode_many(8, shares.astype(np.float32), accepted))[0])
    assert (
        number == 8
        and np.array_equal(got, shares.astype(np.float32))
        and like.tolist() == accepted.tolist()
    )


@pytest.mark.parametrize(
    "change",
    [
        {"shape": [2, 10]},
        {"shape": [3]},
        {"shape": [0, 0]},
        {"shape": [-3, 10]},
        {"shape": [501, 10]},
        {"shape": None},
        {"shape": [2**62, 2**62]},
        {"shape": [float("inf"), 1]},
        {"request": None},
    ],
)
def test_an_answer_to_many_that_does_not_fit_is_refused(change):
    ((header, body),) = read(encode_many(1, np.zeros((3, 10), np.float32), np.ones(3, bool)))
    with pytest.raises(ProtocolError, match="many"):
        decode_many({**header, **change}, body)
