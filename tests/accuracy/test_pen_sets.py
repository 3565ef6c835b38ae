from __future__ import annotations

import numpy as np
import pytest

from digitpad.accuracy.pen_sets import PenSet, read_pen_sets
from digitpad.core.errors import DigitpadError
from digitpad.ink.drawing import Stroke
from digitpad.ink.kept_drawing import KeptDrawing
from digitpad.ink.strokes_file import Sample, write_drawings
from tests.support import write_samples


def samples(n: int) -> tuple[Sample, ...]:
    return tuple(
        Sample(i % 10, (np.array([(i, 0), (0, 20)], np.float32),), f"w{i % 3}") for i in range(n)
    )


def test_a_set_is_named_by_its_file_alone_and_its_name_is_tame(tmp_path):
    path = tmp_path / "my <b> pens|é.json.gz"
    write_samples(path, samples(12))
    (found,) = read_pen_sets([path])
    assert found.name == "my--b--pens--"
    assert (len(found.samples), found.writers, found.source, found.role) == (12, 3, "", "")
    assert found.labels.tolist() == [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1]


def test_a_known_set_is_known_by_its_size_too(tmp_path):
    path = tmp_path / "ipad.json"
    write_samples(path, samples(819))
    assert read_pen_sets([path])[0].source == ""
    write_samples(path, samples(820))
    assert "bridger" in read_pen_sets([path])[0].source


def test_sets_that_cannot_be_told_apart_or_have_no_label_are_refused(tmp_path):
    first, second, unlabelled = tmp_path / "a.json", tmp_path / "a.json.gz", tmp_path / "b.json"
    for path in (first, second):
        write_samples(path, samples(2))
    write_samples(unlabelled, [Sample(None, samples(1)[0].strokes)])
    with pytest.raises(DigitpadError, match="named a"):
        read_pen_sets([first, second])
    with pytest.raises(DigitpadError, match="no labelled"):
        read_pen_sets([unlabelled])


def test_of_drawings_kept_whole_those_of_strokes_alone_are_measured_with(tmp_path):
    pen, eraser = Stroke.through([(0, 0), (9, 9)]), Stroke.through([(5, 5)], 9, erases=True)
    path = tmp_path / "mine.json"
    write_drawings(path, [KeptDrawing((pen,), 3), KeptDrawing((pen, eraser), 4)])
    (found,) = read_pen_sets([path])
    assert found.labels.tolist() == [3]
    assert found.turned(90).samples[0].marks == ()


def test_a_part_is_drawn_from_all_over_the_set_and_the_same_for_a_seed():
    whole = PenSet("a", samples(1000))
    part = whole.part(50, 1)
    assert [s.strokes for s in part.samples] == [s.strokes for s in whole.part(50, 1).samples]
    places = [int(s.strokes[0][0, 0]) for s in part.samples]
    assert (
        len(set(places)) == 50
        and places == sorted(places)
        and max(places) > 800
        and min(places) < 200
    )
    assert whole.part(1000, 1) is whole
    assert [int(s.strokes[0][0, 0]) for s in whole.part(50, 2).samples] != places


def test_turning_is_anticlockwise_as_seen_and_keeps_pressure():
    to_the_right = PenSet("a", (Sample(1, (np.array([(0, 0, 0.3), (10, 0, 0.7)], np.float32),)),))
    (turned,) = to_the_right.turned(90).samples[0].strokes
    # y grows downwards: up is negative.
    assert np.allclose(turned, [(0, 0, 0.3), (0, -10, 0.7)], atol=1e-5)
    assert np.allclose(
        to_the_right.turned(0).samples[0].strokes[0], to_the_right.samples[0].strokes[0]
    )
