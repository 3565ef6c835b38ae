"""The pen's pieces make up the drawing, and each is taken away in two ways."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digitpad.explain.pieces import (
    LEAST_PIECES,
    MOST_PIECES,
    PATCHES,
    assemble,
    count_of,
    cut,
    digits_of,
    ink_without,
)
from digitpad.explain.questions import PiecesQuestion
from digitpad.explain.results import NoReason, Readings
from digitpad.ink.drawing import Stroke
from digitpad.ink.pipeline import framed
from digitpad.ink.rasterize import rasterize
from tests.explain import drawings

POINTS = st.tuples(st.floats(-20, 300, width=32), st.floats(-20, 300, width=32))
STROKES = st.lists(st.lists(POINTS, min_size=1, max_size=20), min_size=1, max_size=20)


@settings(max_examples=60, deadline=None)
@given(STROKES)
def test_pieces_of_any_strokes_are_the_drawing_to_the_bit(strokes):
    marks = tuple(Stroke.through(points) for points in strokes)
    pieces = cut(marks)
    assert 1 <= len(pieces) <= max(MOST_PIECES, PATCHES**2)
    assert np.array_equal(ink_without(marks, pieces, ()), rasterize(marks))
    everything = range(len(pieces))
    assert not ink_without(marks, pieces, everything).any()


@pytest.mark.parametrize("marks", [drawings.SEVEN, drawings.ZERO, drawings.FOUR])
def test_a_digit_has_eight_to_sixteen_pieces_of_like_length(marks):
    pieces = cut(marks)
    assert LEAST_PIECES <= len(pieces) <= MOST_PIECES
    lengths = [np.hypot(*np.diff(piece.line[:, :2], axis=0).T).sum() for piece in pieces]
    assert max(lengths) < 3 * min(lengths)
    for piece in pieces:
        left, top, right, bottom = piece.box
        assert (left <= piece.line[:, 0]).all() and (piece.line[:, 0] <= right).all()
        assert (top <= piece.line[:, 1]).all() and (piece.line[:, 1] <= bottom).all()


def test_no_piece_goes_round_a_corner():
    pieces = cut(drawings.SEVEN)
    corner = np.array([195, 62])
    ends = [piece.line[-1, :2] for piece in pieces]
    assert min(np.hypot(*(end - corner)) for end in ends) < 12


def test_a_trembling_line_has_no_corners():
    rng = np.random.default_rng(0)
    along = np.linspace(20, 260, 160)
    line = Stroke.through(np.column_stack([along, 140 + rng.normal(0, 0.8, 160)]))
    lengths = [np.hypot(*np.diff(piece.line[:, :2], axis=0).T).sum() for piece in cut([line])]
    assert max(lengths) < 1.6 * min(lengths)


@pytest.mark.parametrize("name", ["erased", "picture", "mixed"])
def test_pictures_and_erasers_are_explained_by_patches(name):
    marks = drawings.ALL[name]
    pieces = cut(marks)
    assert len(pieces) == PATCHES**2 and all(piece.stroke is None for piece in pieces)
    whole = rasterize(marks)
    without = ink_without(marks, pieces, (24,))
    left, top, right, bottom = (int(edge) for edge in pieces[24].box)
    assert not without[top:bottom, left:right].any()
    outside = np.ones(whole.shape, bool)
    outside[top:bottom, left:right] = False
    assert np.array_equal(without[outside], whole[outside])


@pytest.mark.parametrize("name", ["seven", "four", "erased"])
def test_each_piece_is_taken_away_in_the_frame_and_anew(name):
    marks = drawings.ALL[name]
    pieces = cut(marks)
    count = len(pieces)
    found = digits_of(PiecesQuestion(marks), 0, count_of(pieces))
    assert np.array_equal(found.digits[0], framed(rasterize(marks))[0])
    # What is held lies in the whole drawing's frame; what is normalised anew in its own.
    assert (found.frames[1 : 1 + count] == found.frames[0]).all()
    for number in range(count):
        anew, _ = framed(ink_without(marks, pieces, (number,)))
        assert np.array_equal(found.digits[1 + count + number], anew)
        assert (found.digits[1 + number] <= found.digits[0] + 2 / 255).all()


def test_parts_of_the_question_are_the_same_digits():
    question = PiecesQuestion(drawings.FOUR, (2,))
    whole = digits_of(question, 0, 99)
    parts = [digits_of(question, first, first + 4) for first in range(0, len(whole.digits), 4)]
    assert np.array_equal(np.concatenate([part.digits for part in parts]), whole.digits)


def test_a_removed_piece_is_missing_everywhere():
    pieces = cut(drawings.SEVEN)
    question = PiecesQuestion(drawings.SEVEN, (0, 3))
    found = digits_of(question, 0, count_of(pieces))
    anew, _ = framed(ink_without(drawings.SEVEN, pieces, (0, 3)))
    assert np.array_equal(found.digits[0], anew)
    # To take it away once more changes nothing.
    assert np.array_equal(found.digits[1 + len(pieces)], anew)


def test_losses_are_the_ink_s_and_the_shift_s():
    count = len(cut(drawings.SEVEN))
    logits = np.arange((2 * count + 1) * 3, dtype=np.float32).reshape(-1, 3) ** 1.5
    total = 2 * count + 1
    readings = Readings(logits, np.ones(total, bool), np.zeros((total, 3), np.float32))
    found = assemble(PiecesQuestion(drawings.SEVEN), readings)
    ink, shift = found.losses(2, 0)
    whole = readings.margins(2, 0)
    assert np.allclose(ink + shift, whole[0] - whole[1 + count :])
    assert np.allclose(ink, whole[0] - whole[1 : 1 + count])
    logits[0, 0] = np.nan
    assert assemble(PiecesQuestion(drawings.SEVEN), readings).reason is NoReason.NOT_FINITE
