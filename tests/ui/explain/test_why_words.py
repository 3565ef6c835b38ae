from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitpad.explain.results import NoReason
from digitpad.ui.explain.pieces_words import loss_text
from digitpad.ui.explain.why_words import (
    completeness_texts,
    lead_parts,
    lead_text,
    no_reason_text,
    shown_lead,
)
from digitpad.ui.style.panel import MINUS, signed_short
from tests.ui.explain.samples import attribution

NAMES = ("7", "1")


def numbers(text: str) -> list[float]:
    """All numbers of a text that have decimals, in their order."""
    found = re.findall(r"[+\N{MINUS SIGN}]?\d+\.\d+", text)
    return [float(one.replace("\N{MINUS SIGN}", "-")) for one in found]


def test_a_lead_is_told_with_what_it_is_made_of():
    text = lead_text(attribution(), NAMES)
    assert text == (
        "7 leads 1 by 9.4: ink for 7 +12.5, ink for 1 \N{MINUS SIGN}1.5, "
        "paper and biases \N{MINUS SIGN}1.6."
    )
    assert "nearer" in lead_text(attribution(), NAMES, is_distance=True)


@given(
    st.lists(st.floats(-40, 40, width=32), min_size=1, max_size=28),
    st.floats(-20, 20),
    st.floats(-0.009, 0.009),
)
def test_the_shown_numbers_add_up_to_the_last_digit(values, paper, missed):
    ink = np.zeros((28, 28), np.float32)
    ink[0, : len(values)] = values
    part = float(ink.astype(float).sum())
    margin = (part + paper) * (1 + missed)
    told = numbers(
        lead_text(attribution(ink=ink, ink_part=part, paper_part=paper, margin=margin), NAMES)
    )
    parts = lead_parts(attribution(ink=ink, ink_part=part, paper_part=paper, margin=margin))
    assert parts.ink_for + parts.ink_against + parts.paper + parts.missed == parts.margin
    assert round(sum(told[1:]) - told[0], 6) == 0 or len(told) == 1


def test_what_does_not_add_up_is_warned_of_and_the_gap_is_shown():
    off = attribution(margin=9.9)
    (warning,) = completeness_texts(off, (8.0, -1.9))
    assert "care" in warning and "5.1 %" in warning
    text = lead_text(off, NAMES)
    assert text.endswith("Steps miss +0.5.")
    told = numbers(text)
    assert round(sum(told[1:]), 6) == told[0] == 9.9
    assert all("add up" in text for text in completeness_texts(attribution()))


@given(
    st.floats(-40, 40, width=32),
    st.floats(-40, 40, width=32),
    st.floats(-30, 30),
    st.floats(-30, 0),
)
def test_the_lead_is_the_difference_of_the_outputs_that_are_shown(one, other, ink_for, against):
    ink = np.zeros((28, 28), np.float32)
    ink[0, :2] = max(ink_for, 0.0), against
    part = float(ink.astype(float).sum())
    margin = one - other
    asked = attribution(ink=ink, ink_part=part, paper_part=margin - part, margin=margin)
    parts = lead_parts(asked, (one, other))
    assert parts.ink_for + parts.ink_against + parts.paper == parts.margin
    assert parts.ink_for >= 0 >= parts.ink_against
    assert parts.margin == shown_lead(one, other)[0]
    if 1 <= abs(margin) < 1000:
        # As they stand beside the last layer's squares.
        shown = [round(10 * float(signed_short(x).replace(MINUS, "-"))) for x in (one, other)]
        assert parts.margin == shown[0] - shown[1]
    longest = completeness_texts(asked, (one, other))[0]
    told = numbers(longest.split("add up")[0])
    assert len(told) == 2 and round(told[0] - told[1], 6) == parts.margin / 10**parts.decimals
    # A distance is told as it is, the larger one first.
    longest = completeness_texts(asked, (one, other), is_distance=True)[0]
    told = numbers(longest.split("add up")[0])
    assert round(told[0] - told[1], 6) == parts.margin / 10**parts.decimals


@given(st.floats(-30, 30), st.floats(-30, 30), st.floats(-30, 30))
def test_a_loss_falls_from_the_lead_to_what_stays(lead, own, shift):
    text = loss_text((lead, 0.0), (own, shift), "", False)
    before, *after, of_ink, of_shift = numbers(text)
    assert bool(after) != ("stays" in text)
    (after,) = after or [before]
    assert round(before - of_ink - of_shift - after, 6) == 0


def test_a_loss_says_what_it_would_be_read_as():
    text = loss_text((9.44, 0.04), (4.8, 1.5), "1", is_patch=True)
    assert text == (
        "Without this patch alone the lead falls from 9.4 to 3.1: its ink 4.8, the shift of the "
        "drawing 1.5. It would be read as 1."
    )
    assert "rises from 9.4 to 9.9" in loss_text((9.4, 0.0), (-0.2, -0.3), "", is_patch=False)


@pytest.mark.parametrize("reason", NoReason)
def test_every_reason_is_a_sentence(reason):
    text = no_reason_text(reason)
    assert text[0].isupper() and text.endswith(".")
