from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from digitpad.core.paths import shipped_weights
from digitpad.engine.fields import Fields
from digitpad.engine.messages import ProtocolError
from digitpad.teaching.figures import Measure, as_record
from digitpad.teaching.messages import (
    Stage,
    TaughtAnswer,
    TeachingRequest,
    decode_keep,
    decode_kept,
    decode_progress,
    decode_request,
    decode_taught,
    encode_keep,
    encode_kept,
    encode_progress,
    encode_request,
    encode_taught,
)


def read(content, decode):
    fields, _body = content
    return decode(Fields(fields, "a message"))


def test_requests_and_short_answers_come_through():
    asked = TeachingRequest(shipped_weights(), "", Path("/tmp/drawings.db"), True)
    assert read(encode_request(asked), decode_request) == asked
    assert read(encode_progress(Stage.DRAWING, 0.5), decode_progress) == (Stage.DRAWING, 0.5)
    assert read(encode_keep(True, None), decode_keep) == (True, None)
    assert read(encode_keep(False, Path("/v")), decode_keep) == (False, Path("/v"))
    assert read(encode_kept(Path("/v/a.safetensors")), decode_kept) == Path("/v/a.safetensors")


def test_a_table_comes_through_with_its_pictures(outcome):
    fields, body = encode_taught(TaughtAnswer(outcome.table, 1, 2, 0.5))
    back = decode_taught(Fields(fields, "a table"), body)
    assert as_record(back.table.figures) == as_record(outcome.table.figures)
    assert back.table.verdict is outcome.table.verdict
    assert (back.taught, back.left_out, back.seconds) == (1, 2, 0.5)
    before, after = (one[Measure.OWN].turned_right for one in (outcome.table, back.table))
    np.testing.assert_array_equal(after.digits, before.digits)
    assert after.after.tolist() == [1]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda fields, body: (fields, body[:-1]),
        lambda fields, body: (fields, body + b"x"),
        lambda fields, body: ({**fields, "figures": []}, b""),
        lambda fields, body: ({**fields, "figures": fields["figures"][::-1]}, body),
        lambda fields, body: ({**fields, "seconds": float("nan")}, body),
        lambda fields, body: ({**fields, "more": 1}, body),
        lambda fields, body: (
            {**fields, "figures": [{**fields["figures"][0], "after": 10**9}]},
            body,
        ),
        lambda fields, body: (
            {**fields, "figures": [{**fields["figures"][0], "turned_right_after": [77]}]},
            body,
        ),
    ],
)
def test_a_table_that_makes_no_sense_is_refused(outcome, spoil):
    fields, body = spoil(*encode_taught(TaughtAnswer(outcome.table, 1, 0, 0.5)))
    with pytest.raises(ProtocolError):
        decode_taught(Fields(fields, "a table"), body)
