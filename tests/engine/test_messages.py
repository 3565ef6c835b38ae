from __future__ import annotations

import json
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitpad.engine.messages import NETWORK, SECOND, Message, MessageReader, ProtocolError, encode


def read(content: bytes) -> list[Message]:
    return list(MessageReader().feed(content))


def framed(header: bytes) -> bytes:
    return struct.pack("<4sII", b"DGTP", len(header), 0) + header


@given(st.lists(st.binary(max_size=50), max_size=5), st.data())
def test_messages_come_out_whole_however_the_bytes_arrive(bodies, choices):
    stream = b"".join(encode("k", at, ({"at": at}, body)) for at, body in enumerate(bodies))
    cuts = sorted(choices.draw(st.lists(st.integers(0, len(stream)), max_size=8)))
    reader = MessageReader()
    found = []
    for start, end in zip([0, *cuts], [*cuts, len(stream)], strict=True):
        found += list(reader.feed(stream[start:end]))
    assert found == [
        Message("k", at, NETWORK, False, {"at": at}, body) for at, body in enumerate(bodies)
    ]


def test_role_and_more_come_along():
    assert read(encode("k", 3, role=SECOND, more=True)) == [Message("k", 3, SECOND, True, {}, b"")]


@pytest.mark.parametrize("stream", [b"7", b"hello", b"DGT?", b"\0" * 40, b"DG\n"])
def test_anything_else_is_noticed_at_once(stream):
    with pytest.raises(ProtocolError, match="no message"):
        read(stream)


def test_babble_after_a_message_is_noticed():
    reader = MessageReader()
    messages = reader.feed(encode("k", 1) + b"and now")
    assert next(messages).kind == "k"
    with pytest.raises(ProtocolError):
        next(messages)


@pytest.mark.parametrize("lengths", [(1 << 30, 0), (10, 1 << 31), (2**32 - 1, 2**32 - 1)])
def test_lengths_without_measure_are_refused_before_anything_is_waited_for(lengths):
    with pytest.raises(ProtocolError):
        read(struct.pack("<4sII", b"DGTP", *lengths))


@pytest.mark.parametrize(
    "header",
    [
        *(b"", b"no", b"[]", b"{}", b'{"kind": 7}', b"[" * 100_000, b"\xff"),
        b'{"request": ' + b"9" * 900_000 + b"}",
    ],
    ids=lambda header: header[:12].decode(errors="replace"),
)
def test_a_header_is_an_object_with_its_fields(header):
    with pytest.raises(ProtocolError, match="header"):
        read(framed(header))


@pytest.mark.parametrize(
    "change",
    [
        {"kind": None},
        {"request": "1"},
        {"request": True},
        {"request": -1},
        {"request": 1.0},
        {"request": 10**30},
        {"role": "judge"},
        {"role": ["network"]},
        {"more": 1},
        {"content": []},
        {"surprise": 1},
    ],
)
def test_each_field_of_a_header_is_checked(change):
    header = {"kind": "k", "request": 1, "role": NETWORK, "more": False, "content": {}}
    assert read(framed(json.dumps(header).encode())) == [Message("k", 1, NETWORK, False, {}, b"")]
    with pytest.raises(ProtocolError, match="header"):
        read(framed(json.dumps({**header, **change}).encode()))
