from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digitpad.ink import sheets
from digitpad.ink.curves import smooth
from digitpad.ink.drawing import Drawing, Mark, PlacedPicture, Stroke
from digitpad.ink.rasterize import InkSurface, rasterize
from digitpad.ink.sheets import InkSheet


def line(seed: int, points: int = 3) -> Stroke:
    rng = np.random.default_rng(seed)
    rows = np.column_stack([rng.uniform(-20, 300, (points, 2)), rng.random(points)])
    return Stroke.through(rows, width=float(rng.uniform(6, 30)), erases=bool(seed % 3 == 0))


def picture(seed: int) -> PlacedPicture:
    ink = np.random.default_rng(seed).integers(0, 256, (9, 7), dtype=np.uint8)
    return PlacedPicture.fitted(ink, 200)


ACTIONS = st.lists(
    st.tuples(
        st.sampled_from(["pen", "add", "many", "undo", "redo", "clear", "abandon", "slice"]),
        st.integers(0, 50),
    ),
    max_size=25,
)


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """How many marks were drawn whole, from the first point on, since it was asked last."""
    count = [0]
    draw = InkSurface.draw

    def counted(surface: InkSurface, mark: Mark) -> object:
        count[0] += 1
        return draw(surface, mark)

    monkeypatch.setattr(InkSurface, "draw", counted)

    def since() -> int:
        count[0], n = 0, count[0]
        return n

    return since


@settings(max_examples=60, deadline=None)
@given(ACTIONS, st.sampled_from([1.0, 0.37]), st.sampled_from([2_000, 1 << 20]))
def test_the_ink_is_that_of_the_marks_to_the_bit_whatever_was_done_before(actions, scale, memory):
    """Also where almost none of the saved ink is remembered, and where time is over all along."""
    drawing, sheet = Drawing(), InkSheet(100, scale)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sheets, "_MARKS_APART", 3)
        patch.setattr(sheets, "_POINTS_AT_ONCE", 2)
        patch.setattr(sheets, "MOST_SAVED_BYTES", memory)
        for action, seed in actions:
            if action in ("pen", "abandon"):
                sheet.show(drawing.marks)
                stroke = line(seed, 1 + seed % 5)
                for count in range(1, len(stroke.points) + 1):
                    sheet.extend(Stroke(stroke.points[:count], stroke.width, stroke.erases))
                if action == "pen":
                    sheet.extend(stroke, finished=True)
                    drawing.add(stroke)
            elif action == "add":
                drawing.add(picture(seed) if seed % 4 == 0 else line(seed))
            elif action == "many":
                drawing.replace_all([line(seed + i) for i in range(seed % 12)])
            elif action == "slice":
                sheet.show(drawing.marks, 0)
                continue
            else:
                getattr(drawing, action)()
            if seed % 5 and action not in ("pen", "abandon"):
                # What is not shown in between makes no difference.
                sheet.show(drawing.marks, 0 if seed % 2 else None)
        sheet.show(drawing.marks)
        while not sheet.show(drawing.marks, 0):
            pass
    assert np.array_equal(sheet.ink, rasterize(drawing.marks, 100, scale))


def test_an_undo_draws_a_few_marks_however_many_there_are(drawn):
    drawing, sheet = Drawing(), InkSheet(40)
    for i in range(600):
        drawing.add(line(i, 1))
    assert sheet.show(drawing.marks) and drawn() == 600
    for step in (*[drawing.undo] * 300, *[drawing.redo] * 300, drawing.clear, drawing.undo):
        step()
        sheet.show(drawing.marks)
        assert drawn() <= 16


def test_the_stroke_after_a_very_long_one_is_undone_without_drawing_that_again(drawn):
    drawing, sheet = Drawing([line(1, 3_000), line(2)]), InkSheet(40)
    sheet.show(drawing.marks)
    drawing.add(line(4))
    sheet.show(drawing.marks)
    assert drawn() == 3
    drawing.undo()
    sheet.show(drawing.marks)
    assert drawn() == 1


def test_saved_ink_takes_no_more_memory_than_it_may(monkeypatch):
    monkeypatch.setattr(sheets, "MOST_SAVED_BYTES", 20_000)
    sheet = InkSheet(100)
    marks = tuple(line(i) for i in range(200))
    for n in range(1, 201):
        sheet.show(marks[:n])
        taken = sum(len(saved.packed) + 8 * len(saved.marks) for saved in sheet._saved)
        assert taken == sheet._saved_bytes <= 20_000
    assert sheet._saved


def test_without_time_each_call_draws_a_little_more(monkeypatch):
    now = iter(range(10**6))
    monkeypatch.setattr(sheets, "time", SimpleNamespace(perf_counter=lambda: next(now)))
    sheet, marks = InkSheet(100), (line(1, 200), picture(2), line(4), line(5))
    calls = [sheet.show(marks, 0) for _ in range(8)]
    # Three for the first points of the long stroke, one each for its last and for the others.
    assert calls == [False] * 6 + [True] * 2
    assert np.array_equal(sheet.ink, rasterize(marks, 100))


def test_half_a_stroke_that_is_no_longer_wanted_leaves_no_ink() -> None:
    sheet, other = InkSheet(100), line(7, 2)
    assert not sheet.show((line(1, 200),), 0)
    sheet.show((other,))
    assert np.array_equal(sheet.ink, rasterize((other,), 100))


def test_a_growing_stroke_costs_the_same_for_every_point(monkeypatch):
    lengths: list[int] = []

    def watched(points: np.ndarray, step: float, first: int = 0) -> np.ndarray:
        lengths.append(len(points))
        return smooth(points, step, first)

    monkeypatch.setattr("digitpad.ink.rasterize.smooth", watched)
    sheet, stroke = InkSheet(40), line(1, 500)
    for count in range(1, 501):
        sheet.extend(Stroke(stroke.points[:count]))
    assert max(lengths) <= 5


def test_ink_saved_for_other_marks_that_end_in_the_same_one_is_not_taken(monkeypatch):
    monkeypatch.setattr(sheets, "_MARKS_APART", 2)
    sheet, last = InkSheet(100), line(1)
    for first in (line(2), line(4)):
        sheet.show((first, last))
        assert np.array_equal(sheet.ink, rasterize((first, last), 100))
