from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digitpad.core.errors import DigitpadError
from digitpad.handwriting.pen_styles import (
    SHIPPED,
    PenStyles,
    draw_digit,
    make_digits,
    shipped_styles,
)


def table(folder: Path, **groups: list) -> Path:
    entry = {"name": "plain", "strokes": ["line 0,0 10,100"]}
    styles = {str(label): [entry] for label in range(10)} | groups
    path = folder / "styles.json"
    path.write_text(json.dumps({"format": "digitpad-pen-styles", "version": 1, "styles": styles}))
    return path


def test_every_digit_has_its_styles_and_no_two_share_a_name() -> None:
    names = shipped_styles().names
    assert len(set(names)) == len(names)
    for label in "0123456789":
        assert sum(name.startswith(f"{label} ") for name in names) >= 15


def test_the_shipped_table_can_be_read_and_edited_by_hand() -> None:
    text = SHIPPED.read_text(encoding="utf-8")
    assert max(map(len, text.splitlines())) < 400


def test_styles_are_about_one_high() -> None:
    for style, skeleton in zip(shipped_styles().styles, shipped_styles().skeletons, strict=True):
        heights = np.ptp(np.concatenate(skeleton.line())[:, 1])
        assert 90 < heights < 125, style.name


@given(seed=st.integers(0, 2**32 - 1), label=st.integers(0, 9))
@settings(max_examples=60)
def test_a_drawing_has_the_label_and_a_style_of_that_label(seed: int, label: int) -> None:
    drawing = draw_digit(np.random.default_rng(seed), label)
    assert drawing.label == label
    assert drawing.style.startswith(f"{label} ")
    assert drawing.style in shipped_styles().names
    assert all(len(stroke.points) for stroke in drawing.strokes)


def test_a_style_can_be_named_with_and_without_its_digit() -> None:
    rng = np.random.default_rng(0)
    assert draw_digit(rng, style="7 crossed").label == 7
    assert draw_digit(rng, label=7, style="crossed").style == "7 crossed"
    assert draw_digit(rng, label=7, style="7 crossed").style == "7 crossed"


@pytest.mark.parametrize(
    ("label", "style"),
    [(None, "crossed"), (3, "crossed"), (3, "7 crossed"), (None, ""), (12, None)],
)
def test_an_unknown_style_or_label_is_refused(label: int | None, style: str | None) -> None:
    with pytest.raises(DigitpadError, match=r"there is no style|is no digit"):
        draw_digit(np.random.default_rng(0), label, style)


def test_the_same_seed_draws_the_same() -> None:
    one, other = (draw_digit(np.random.default_rng(8), 5) for _ in range(2))
    assert one.style == other.style
    assert all(
        (a.points == b.points).all() for a, b in zip(one.strokes, other.strokes, strict=True)
    )


def test_common_styles_come_more_often(tmp_path: Path) -> None:
    path = table(
        tmp_path,
        **{
            "1": [
                {"name": "often", "weight": 9, "strokes": ["line 0,0 0,100"]},
                {"name": "seldom", "weight": 1, "strokes": ["line 0,0 30,100"]},
            ]
        },
    )
    pen_styles = PenStyles.load(path)
    rng = np.random.default_rng(0)
    drawn = [pen_styles.names[pen_styles.choose(rng, 1)] for _ in range(500)]
    assert 400 < drawn.count("1 often") < 490


def test_a_table_without_a_digit_is_refused(tmp_path: Path) -> None:
    path = table(tmp_path)
    document = json.loads(path.read_text())
    del document["styles"]["4"]
    path.write_text(json.dumps(document))
    with pytest.raises(DigitpadError, match="no style for 4"):
        PenStyles.load(path)


def test_a_table_with_what_is_no_digit_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DigitpadError, match="'A', which is no digit"):
        PenStyles.load(table(tmp_path, A=[{"name": "a", "strokes": ["line 0,0 9,9"]}]))


def test_a_missing_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DigitpadError, match="does not exist"):
        PenStyles.load(tmp_path / "none.json")


def test_digits_to_train_on_have_all_labels_alike_and_ink() -> None:
    digits, labels, styles = make_digits(100, seed=4)
    assert digits.shape == (100, 28, 28)
    assert digits.dtype == np.uint8
    assert labels.dtype == styles.dtype == np.int64
    assert np.bincount(labels).tolist() == [10] * 10
    assert (digits.max(axis=(1, 2)) == 255).all()
    assert all(
        shipped_styles().names[s].startswith(f"{y} ") for s, y in zip(styles, labels, strict=True)
    )


def test_a_longer_run_begins_as_a_shorter_one_and_seeds_differ() -> None:
    digits, labels, _ = make_digits(300, seed=4)
    shorter, _, _ = make_digits(256, seed=4)
    assert (digits[:256] == shorter).all()
    assert (make_digits(300, seed=5)[0] != digits).any()
    assert labels[256] == 6


def test_two_workers_make_the_same_digits_as_one() -> None:
    for one, two in zip(make_digits(300, 9), make_digits(300, 9, workers=2), strict=True):
        assert (one == two).all()


def test_none_are_made_when_none_are_wanted() -> None:
    digits, labels, styles = make_digits(0, 1)
    assert digits.shape == (0, 28, 28)
    assert len(labels) == len(styles) == 0
