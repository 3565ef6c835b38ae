from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from digitpad.engine.fields import Fields
from digitpad.engine.messages import ProtocolError
from digitpad.engine.opening import decode_choice, decode_examination
from digitpad.engine.requests import EXAMINE, OPEN, RECOGNIZE
from digitpad.nets.spec.opening_questions import Examination, Option, Question
from tests.engine.messages import FOUND, INFO, SAMPLES, answered_again, recognition


def choice_with(**changes: Any) -> dict[str, Any]:
    fields, _ = OPEN.encode(SAMPLES["open"][0])
    return {**fields, "choices": {**fields["choices"], **changes}}


@pytest.mark.parametrize(
    "changes",
    [
        {"mean": "0.5"},
        {"mean": float("nan")},
        {"mean": 1e7},
        {"std": 0},
        {"std": 1e-9},
        {"std": True},
        {"side": 7},
        {"side": 513},
        {"side": 28.0},
        {"fit": "stretch"},
        {"set": "x" * 1001},
        {"set": None},
        {"classes": "abc"},
        {"classes": ["a"] * 1001},
        {"classes": ["\ud800"]},
        {"output": -1},
        {"output": 100},
        {"accepted": "x" * 1001},
        {"surprise": 1},
    ],
)
def test_what_is_said_of_a_network_is_checked_on_arrival(changes):
    with pytest.raises(ProtocolError):
        decode_choice(Fields(choice_with(**changes), "a request"), b"")


@pytest.mark.parametrize(
    "changes",
    [
        {"question": "whim"},
        {"options": [{"value": "a", "title": "a", "about": "", "fits": 1}]},
        {"options": [{"value": "a", "title": "a" * 1001, "about": "", "fits": True}]},
        {"options": 3},
        {"why": "x" * 5001},
        {"side": 0},
        {"side": 513},
        {"classes": [1]},
        {"is_sure": 1},
        {"trials": [{}]},
    ],
)
def test_what_was_found_out_is_checked_on_arrival(changes):
    fields, _ = EXAMINE.encode_answer(FOUND)
    with pytest.raises(ProtocolError):
        decode_examination(Fields({**fields, **changes}, "an answer"), b"")


@pytest.mark.parametrize(
    "changes",
    [
        {"std": 0.0},
        {"mean": float("inf")},
        {"right": 301},
        {"right": -1},
        {"n": 0},
        {"fit": "stretch"},
        {"dataset": 3},
    ],
)
def test_a_trial_is_checked_on_arrival(changes):
    fields, _ = EXAMINE.encode_answer(FOUND)
    trial = {**fields["trials"][0], **changes}
    with pytest.raises(ProtocolError):
        decode_examination(Fields({**fields, "trials": [trial]}, "an answer"), b"")


def test_sigmoids_need_not_add_up_but_stay_within_0_and_1():
    row, answer = RECOGNIZE, recognition()
    answer.probabilities[:] = 0.7
    info = replace(INFO, gives_sigmoids=True)
    fields, body = row.encode_answer(answer)
    assert row.decode_answer(Fields(fields, "it"), body, None, info).probabilities[0] > 0.6
    answer.probabilities[0] = 1.7
    fields, body = row.encode_answer(answer)
    with pytest.raises(ProtocolError, match="its probabilities"):
        row.decode_answer(Fields(fields, "it"), body, None, info)
    answer.probabilities[:] = 0.7
    with pytest.raises(ProtocolError, match="its probabilities"):
        answered_again(row, None, answer)


def test_what_is_no_text_or_too_long_in_a_file_is_still_told():
    odd = Option("m\udcff", "m\udcff", "x" * 9000)
    found = Examination(Question.SET, (odd,) * 300, "y" * 9000, "\ud800")
    fields, body = EXAMINE.encode_answer(found)
    told = decode_examination(Fields(fields, "an answer"), body)
    assert told.options[0].value == odd.value and "udcff" in told.options[0].title
    assert len(told.options) == 100 and len(told.options[0].about) == len(told.why) == 5000
