from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from digitpad.core.errors import DigitpadError
from digitpad.datasets import NON_DIGIT, LabelledDigits
from digitpad.ink.drawing import Stroke
from digitpad.ink.kept_drawing import KeptDrawing
from digitpad.ink.pipeline import drawing_to_digit
from digitpad.ink.strokes_file import Sample, write_drawings
from digitpad.training.data.mixture import joined, sources_for, validation_for
from digitpad.training.settings import TrainingSettings
from tests.support import write_samples

SMALL = replace(TrainingSettings(), synthetic_digits=60, non_digits=20)


@pytest.fixture
def some_digits() -> LabelledDigits:
    rng = np.random.default_rng(0)
    return LabelledDigits(
        rng.integers(0, 256, (40, 28, 28), np.uint8), rng.integers(0, 10, 40).astype(np.uint8)
    )


def test_pen_strokes_and_what_is_no_digit_are_mixed_in_by_default(
    some_digits: LabelledDigits,
) -> None:
    names = {source.name: source for source in sources_for(SMALL, some_digits)}
    assert list(names) == ["mnist", "other pens", "pen styles", "no digits"]
    assert torch.equal(names["other pens"].labels, names["mnist"].labels)
    assert (names["no digits"].labels == NON_DIGIT).all() and len(names["no digits"].labels) == 20
    assert sorted(set(names["pen styles"].labels.tolist())) == list(range(10))
    assert names["pen styles"].digits.amax(dim=(1, 2)).eq(255).all()


def test_without_styles_only_the_data_set_is_left(some_digits: LabelledDigits) -> None:
    plain = replace(SMALL, styles="none")
    assert [source.name for source in sources_for(plain, some_digits)] == ["mnist"]
    assert [source.name for source in validation_for(plain, some_digits)] == ["mnist"]


def test_the_seed_decides_which_digits_are_generated(some_digits: LabelledDigits) -> None:
    first, again, other = (
        sources_for(replace(SMALL, seed=seed), some_digits)[2].digits for seed in (0, 0, 1)
    )
    assert torch.equal(first, again)
    assert not torch.equal(first, other)


def test_no_run_validates_on_what_it_learns_from(some_digits: LabelledDigits) -> None:
    held = validation_for(SMALL, some_digits)[1].digits.flatten(1)
    for seed in range(3):
        learnt = sources_for(replace(SMALL, seed=seed), some_digits)[2].digits.flatten(1)
        assert not (held[:, None] == learnt[None]).all(dim=2).any()


def test_own_drawings_join_with_their_labels(tmp_path: Path, some_digits: LabelledDigits) -> None:
    line = np.array([[0, 0], [3, 40], [6, 90]], np.float32)
    file = tmp_path / "mine.json"
    write_samples(file, [Sample(1, (line,)), Sample(None, (line[:, ::-1],)), Sample(7, ())])
    own = sources_for(SMALL, some_digits, [file])[-1]
    assert own.name == "own drawings"
    assert own.labels.tolist() == [1, NON_DIGIT] * SMALL.own_copies
    assert len(torch.unique(own.digits[::2].flatten(1), dim=0)) > 1, "each copy has another pen"


def test_own_drawings_that_were_erased_in_are_learned_as_they_were_drawn(
    tmp_path: Path, some_digits: LabelledDigits
) -> None:
    pen = Stroke.through([(40, 40), (60, 240)], 24)
    eraser = Stroke.through([(30, 140), (80, 140)], 40, erases=True)
    file = tmp_path / "mine.json"
    write_drawings(file, [KeptDrawing((pen, eraser), 1), KeptDrawing((pen,), 1), KeptDrawing(())])
    own = sources_for(SMALL, some_digits, [file])[-1]
    assert own.labels.tolist() == [1, 1] * SMALL.own_copies, "what has no label is left out"
    erased, whole = own.digits[::2].flatten(1), own.digits[1::2].flatten(1)
    drawn = np.rint(255 * drawing_to_digit((pen, eraser)))
    assert (erased.numpy() == drawn.reshape(1, -1)).all()
    assert len(torch.unique(whole, dim=0)) > 1


def test_files_without_drawings_are_refused(tmp_path: Path, some_digits: LabelledDigits) -> None:
    file = tmp_path / "none.json"
    write_samples(file, [])
    with pytest.raises(DigitpadError, match="no drawing to learn from"):
        sources_for(SMALL, some_digits, [file])


def test_joined_sources_keep_every_digit(some_digits: LabelledDigits) -> None:
    held = validation_for(SMALL, some_digits)
    one = joined(held, "validation")
    assert len(one.labels) == one.count == sum(len(source.labels) for source in held)
    assert one.name == "validation"
