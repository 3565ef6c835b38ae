from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitpad.core.errors import DigitpadError
from digitpad.handwriting.templates import SPACING, parse_stroke, read_templates, sample

STROKE = "curve 0,0 30,20! 10,60 40,100"


def document(**changes: object) -> dict:
    entry = {"name": "plain", "weight": 2, "strokes": [STROKE], **changes}
    return {"format": "signs", "version": 1, "styles": {"7": [entry]}}


def write(folder: Path, content: object) -> Path:
    path = folder / "signs.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def test_a_template_is_read_with_all_it_says(tmp_path: Path) -> None:
    template = read_templates(write(tmp_path, document(calm=0.5, note="here")), "signs")["7"][0]
    assert (template.group, template.name, template.weight, template.jitter_scale) == (
        "7",
        "plain",
        2.0,
        0.5,
    )
    assert template.note == "here"
    assert template.strokes[0].points.tolist() == [[0, 0], [30, 20], [10, 60], [40, 100]]
    assert template.strokes[0].corners.tolist() == [True, True, False, True]


def test_every_point_of_a_line_is_a_corner() -> None:
    assert parse_stroke("line 0,0 10,50 -5,100").corners.all()


@pytest.mark.parametrize(
    ("stroke", "complaint"),
    [
        (7, "not a line of text"),
        ("", "begins with"),
        ("arc 0,0 1,1", "begins with 'arc'"),
        ("line 0,0", "2 to 200 points"),
        ("line " + "0,0 1,1 " * 101, "2 to 200 points"),
        ("line 0,0 nan,1", "no point"),
        ("line 0,0 1;2", "no point"),
        ("line 0,0 99999,1", "farther out"),
        ("curve 0,0 5,5 5,5 9,9", "the same"),
    ],
)
def test_a_stroke_that_is_none_is_refused(stroke: object, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        parse_stroke(stroke)


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("no json", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ([], "is not a signs file"),
        ({"format": "other", "version": 1, "styles": {}}, "is not a signs file"),
        ({"format": "signs", "version": 2, "styles": {}}, "version 2"),
        ({"format": "signs", "version": 1, "styles": []}, 'needs "styles"'),
        ({"format": "signs", "version": 1, "styles": {"7": []}}, 'needs "styles"'),
        (
            {"format": "signs", "version": 1, "styles": {"7": [5]}},
            "template 1: it is not an object",
        ),
        (document(name=""), "needs a name"),
        (document(note=3), "note is not a text"),
        (document(weight=-1), "weight is not a number"),
        (document(weight=float("nan")), "weight is not a number"),
        (document(weight=True), "weight is not a number"),
        (document(calm=1.5), "calm is not a number"),
        (document(strokes=[]), "1 to 40 strokes"),
        (document(strokes=["line 0,0 1,"]), "'7', template 1: '1,' is no point"),
        (document(strokes=["line 0,0 0.1,0.1"]), "smaller than a hundredth"),
    ],
)
def test_a_hostile_file_is_refused_in_one_line(
    tmp_path: Path, content: object, complaint: str
) -> None:
    with pytest.raises(DigitpadError, match=complaint) as refusal:
        read_templates(write(tmp_path, content), "signs")
    assert "\n" not in str(refusal.value)


def test_two_templates_of_one_name_are_refused(tmp_path: Path) -> None:
    twice = document()
    twice["styles"]["7"] *= 2
    with pytest.raises(DigitpadError, match="named 'plain'; rename one"):
        read_templates(write(tmp_path, twice), "signs")


points = st.lists(
    st.tuples(st.integers(-100, 100), st.integers(-100, 100)), min_size=2, max_size=8, unique=True
)


@given(points=points, line=st.booleans())
def test_samples_lie_close_together_and_pass_through_the_points(points: list, line: bool) -> None:
    text = " ".join(f"{x},{y}" for x, y in points)
    stroke = parse_stroke(f"{'line' if line else 'curve'} {text}")
    samples = sample(stroke).basis @ stroke.points
    apart = np.hypot(*np.diff(samples, axis=0).T)
    # A curve's pieces are counted along their chords, and the curve is longer.
    assert apart.max() < (1.001 if line else 4) * SPACING
    for point in stroke.points:
        assert np.abs(samples - point).max(axis=1).min() < 1e-6


@given(points=points)
def test_between_two_corners_the_line_is_straight(points: list) -> None:
    stroke = parse_stroke("curve " + " ".join(f"{x},{y}!" for x, y in points))
    sampled = sample(stroke)
    for i, at in enumerate(sampled.basis @ stroke.points):
        piece = max(int(sampled.straight[i]), 0)
        a, b = stroke.points[piece : piece + 2]
        leg = (b - a) / np.hypot(*(b - a))
        assert abs(leg[0] * (at - a)[1] - leg[1] * (at - a)[0]) < 1e-6


def test_moving_all_points_moves_the_line_alike() -> None:
    stroke = parse_stroke(STROKE)
    basis = sample(stroke).basis
    assert np.allclose(
        basis @ (stroke.points + np.array([3, -4])), basis @ stroke.points + np.array([3, -4])
    )
