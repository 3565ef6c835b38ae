from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digitpad.core.errors import DigitpadError
from digitpad.handwriting.non_digits import (
    KINDS,
    NonDigits,
    draw_non_digit,
    make_non_digits,
    shipped_non_digits,
)
from digitpad.ink.drawing import PAD_SIZE

seeds = st.integers(0, 2**32 - 1)


def test_letters_leave_out_the_look_alikes_of_digits() -> None:
    letters = shipped_non_digits().letters
    assert not set(letters) & set("OoQDIilZzSsbGBgqy")
    assert set(letters) >= set("ACEFHKLMNPRTUVWXacdefhkmnprtuvwx")


def test_a_letter_comes_as_often_as_another_whatever_its_templates() -> None:
    rng = np.random.default_rng(0)
    drawn = [
        shipped_non_digits().choose(rng, "letter").template.name.split()[0] for _ in range(4000)
    ]
    assert 0.5 < drawn.count("W") / drawn.count("a") < 1.6


@pytest.mark.parametrize("kind", KINDS)
@given(seed=seeds)
@settings(max_examples=25)
def test_every_kind_is_drawn_on_the_pad_and_has_no_label(kind: str, seed: int) -> None:
    drawing = draw_non_digit(np.random.default_rng(seed), kind)
    assert drawing.label is None
    assert drawing.style.split()[0] == kind
    every = np.concatenate([stroke.points for stroke in drawing.strokes])
    assert np.isfinite(every).all()
    assert (every[:, :2] >= 0).all()
    assert (every[:, :2] <= PAD_SIZE).all()


@given(seed=seeds)
@settings(max_examples=60)
def test_no_dash_is_steep_enough_for_a_1(seed: int) -> None:
    strokes = draw_non_digit(np.random.default_rng(seed), "dash").strokes
    for stroke in strokes[:1]:
        width, height = np.ptp(stroke.points[:, :2], axis=0)
        assert len(stroke.points) < 3 or height < width


@given(seed=seeds)
@settings(max_examples=60)
def test_the_turns_of_a_scribble_do_not_run_together(seed: int) -> None:
    strokes = draw_non_digit(np.random.default_rng(seed), "scribble").strokes
    every = np.concatenate([stroke.points[:, :2] for stroke in strokes if len(stroke.points) > 1])
    # Tremor, a skip and few points leave the longer side nearly as it is.
    assert strokes[0].width <= 0.18 * np.ptp(every, axis=0).max()


def test_no_shape_is_a_1_with_a_stray_dot() -> None:
    rng = np.random.default_rng(0)
    names = {shipped_non_digits().choose(rng, "shape").template.name for _ in range(2_000)}
    assert "question mark" in names and "exclamation mark" not in names


@given(seed=seeds)
@settings(max_examples=30)
def test_several_digits_are_several_digits_strokes(seed: int) -> None:
    assert len(draw_non_digit(np.random.default_rng(seed), "several").strokes) >= 2


def test_an_unknown_kind_is_refused_with_the_known_ones() -> None:
    with pytest.raises(DigitpadError, match="choose from letter, shape"):
        draw_non_digit(np.random.default_rng(0), "digit")


def test_all_kinds_come_letters_most() -> None:
    digits, kinds = make_non_digits(600, seed=2)
    assert digits.shape == (600, 28, 28)
    assert digits.dtype == np.uint8
    assert kinds.dtype == np.int64
    counts = np.bincount(kinds, minlength=len(KINDS))
    assert (counts > 0).all()
    assert KINDS[int(counts.argmax())] == "letter"
    assert (digits.max(axis=(1, 2)) > 0).all()


def test_two_workers_make_the_same_drawings_as_one() -> None:
    for one, two in zip(make_non_digits(300, 9), make_non_digits(300, 9, workers=2), strict=True):
        assert (one == two).all()


def test_none_are_made_when_none_are_wanted() -> None:
    digits, kinds = make_non_digits(0, 1)
    assert digits.shape == (0, 28, 28)
    assert len(kinds) == 0


def test_a_table_of_other_kinds_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "kinds.json"
    entry = {"name": "x", "strokes": ["line 0,0 9,9"]}
    path.write_text(
        json.dumps({"format": "digitpad-non-digits", "version": 1, "styles": {"rune": [entry]}})
    )
    with pytest.raises(DigitpadError, match="it needs"):
        NonDigits.load(path)
