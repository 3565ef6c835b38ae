"""Pictures as people take them, over a range of papers, lights and lines."""

from __future__ import annotations

import numpy as np
import pytest

from digitpad.core.errors import DigitpadError
from digitpad.handwriting.pen_styles import shipped_styles
from digitpad.ink.pictures import Doubt, read_picture
from digitpad.ink.pipeline import ink_to_digit
from tests.ink.photographs import STRATA, Scene, any_scene, encoded, photograph

SEVEN = [np.array([(84, 66), (130, 66), (192, 62), (172, 122), (148, 172), (134, 226)], float)]


@pytest.mark.parametrize("stratum", STRATA)
def test_digits_are_read_on_every_ground(recognizer, stratum):
    """A few of each kind; benchmarks/pictures.py measures many."""
    styles, rng = shipped_styles(), np.random.default_rng(11)
    right = 0
    for digit in (1, 3, 4, 6, 8, 9):
        strokes = [
            stroke.points[:, :2].astype(float) for stroke in styles.draw_digit(rng, digit).strokes
        ]
        scene = any_scene(stratum, rng)
        try:
            ink = read_picture(encoded(photograph(strokes, scene, rng), scene)).ink
        except DigitpadError:
            continue
        right += recognizer.recognize(ink_to_digit(ink)).answer == digit
    assert right >= 5


@pytest.mark.parametrize("paper", [130.0, 190.0, 250.0])
@pytest.mark.parametrize("noise", [0.5, 4.0, 8.0])
def test_the_grain_of_evenly_lit_paper_is_not_ink(recognizer, paper, noise):
    scene = Scene(paper=paper, noise=noise, ink=0.5)
    found = read_picture(encoded(photograph(SEVEN, scene, np.random.default_rng(0)), scene))
    assert recognizer.recognize(ink_to_digit(found.ink)).answer == 7


@pytest.mark.parametrize("lines", ["ruled", "squared", "cell"])
def test_printed_lines_are_left_out_and_can_be_seen(recognizer, lines):
    scene = Scene(lines=lines, line=0.35)
    found = read_picture(encoded(photograph(SEVEN, scene, np.random.default_rng(1)), scene))
    assert recognizer.recognize(ink_to_digit(found.ink)).answer == 7
    assert found.left_out.mean() > 0.01 and not (found.left_out & (found.ink > 200)).any()


def test_a_box_reads_what_lies_in_it_and_says_where_nothing_does():
    grey = photograph(SEVEN, Scene(), np.random.default_rng(2))
    content = encoded(grey, Scene())
    whole = read_picture(content)
    height, width = whole.ink.shape
    inside = read_picture(content, box=(0, 0, width, height))
    assert np.array_equal(whole.ink, inside.ink)
    with pytest.raises(DigitpadError, match="nothing"):
        read_picture(content, box=(0, 0, width // 10, height // 10))
    with pytest.raises(DigitpadError, match="nothing of it lies in the box"):
        read_picture(content, box=(width + 5, 0, width + 9, 9))


def test_ink_that_is_cut_by_the_edge_is_said():
    scene = Scene(where=(0.5, 0.5))
    grey = photograph(SEVEN, scene, np.random.default_rng(4))
    cut = grey[:, : grey.shape[1] // 2]
    assert Doubt.CUT_OFF in read_picture(encoded(cut, scene)).doubts
    assert Doubt.CUT_OFF not in read_picture(encoded(grey, scene)).doubts
