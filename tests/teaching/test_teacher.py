from __future__ import annotations

import numpy as np
import pytest
import torch

from digitpad.core.constants import NON_DIGIT
from digitpad.core.errors import DigitpadError
from digitpad.core.files import digest_of
from digitpad.core.paths import shipped_weights
from digitpad.ink.kept_drawing import KeptDrawing
from digitpad.nets.files.weights_file import save_weights
from digitpad.nets.modules import build
from digitpad.teaching.figures import Measure, Verdict
from digitpad.teaching.own_drawings import OwnDrawings
from digitpad.teaching.recipe import TeachingRecipe
from digitpad.teaching.teacher import Teacher
from tests.teaching.conftest import misnamed, scribble


def test_what_is_taught_is_read_and_the_network_itself_stays_as_it_was(teacher, outcome):
    own = outcome.table[Measure.OWN]
    assert (own.n, own.before, own.after, own.won) == (1, 0, 1, 1)
    assert own.turned_right.before.tolist() == [7] and own.turned_right.after.tolist() == [1]
    assert digest_of(shipped_weights()) == teacher.digest
    again = Teacher(shipped_weights(), teacher._replay)
    for name, tensor in teacher._network.state_dict().items():
        assert torch.equal(tensor, again._network.state_dict()[name])


def test_a_teaching_repeats_itself_with_its_seed(teacher, outcome, drawings):
    recipe = outcome.recipe
    again = teacher.teach(OwnDrawings.of(misnamed(drawings), recipe), recipe)
    for name, tensor in outcome.network.state_dict().items():
        assert torch.equal(tensor, again.network.state_dict()[name])


def test_without_replay_all_else_is_forgotten_and_the_verdict_says_so(teacher, drawings):
    recipe = TeachingRecipe().without_replay()
    table = teacher.teach(OwnDrawings.of(misnamed(drawings), recipe), recipe).table
    assert table[Measure.OWN].after == 1
    assert table[Measure.MNIST].after < 0.9 * table[Measure.MNIST].before
    assert table.verdict is Verdict.FORGETS and Measure.MNIST in table.fallen


def test_a_wrong_label_that_all_7s_pay_for_is_found_out(outcome):
    mnist = outcome.table[Measure.MNIST]
    assert set(mnist.turned_wrong.labels.tolist()) == {7}
    assert outcome.table.verdict is Verdict.FORGETS


def test_with_replay_nearly_all_else_is_kept(teacher, drawings):
    right = [KeptDrawing(one.marks, 7) for one in misnamed(drawings)]
    recipe = TeachingRecipe(steps=20, copies=8, smallest_share=1.0)
    table = teacher.teach(OwnDrawings.of(right, recipe), recipe).table
    assert table[Measure.MNIST].lost <= 2 and table[Measure.OTHERS].lost <= 2
    assert table.verdict is Verdict.NOTHING_WON


def test_temperature_and_threshold_are_set_anew(teacher, outcome):
    record = teacher.opened.record
    assert outcome.table.threshold != pytest.approx(record.reject_energy, abs=1e-9)
    assert outcome.table.threshold == pytest.approx(record.reject_energy, abs=1.5)
    assert 0.3 < outcome.table.temperature < 3


def test_what_is_no_digit_is_taught_too(teacher):
    own = OwnDrawings.of([scribble()], TeachingRecipe(steps=5))
    figure = teacher.teach(own, TeachingRecipe(steps=5)).table[Measure.OWN]
    assert own.labels.tolist() == [NON_DIGIT] and figure.after == 1


def test_without_mnist_synthetic_digits_are_replayed_and_the_table_has_no_mnist(replay, drawings):
    from dataclasses import replace

    teacher = Teacher(shipped_weights(), replace(replay, mnist=None, held_mnist=None))
    recipe = TeachingRecipe(steps=4, copies=4)
    table = teacher.teach(OwnDrawings.of(misnamed(drawings), recipe), recipe).table
    assert not teacher.has_mnist
    assert [one.measure for one in table.figures] == [
        Measure.OWN,
        Measure.OTHERS,
        Measure.NON_DIGITS,
    ]
    counts = {one.source.name: one.per_step for one in teacher._remembered(recipe)}
    assert counts["synthetic"] == recipe.synthetic_per_step + recipe.mnist_per_step


def test_progress_goes_from_0_to_1(teacher, drawings):
    told: list[float] = []
    recipe = TeachingRecipe(steps=4, copies=4)
    teacher.teach(OwnDrawings.of(misnamed(drawings), recipe), recipe, told.append)
    assert told == sorted(told) and told[-1] == pytest.approx(1) and told[0] < 0.5


def test_hundreds_of_labels_of_one_class_are_taught_as_few_are(teacher, drawings):
    recipe = TeachingRecipe(steps=2)
    one = misnamed(drawings)[0]
    own = OwnDrawings.of([one] * 700, recipe)
    assert len(own.copies) == 700
    assert teacher.teach(own, recipe).table[Measure.OWN].n == 700


@pytest.mark.parametrize("drawings_given", [[], [KeptDrawing((), 3)]])
def test_nothing_to_teach_is_one_clear_line(drawings_given):
    with pytest.raises(DigitpadError, match="no labelled drawing"):
        OwnDrawings.of(drawings_given, TeachingRecipe())


def test_a_network_for_clothes_and_one_too_large_are_refused_in_one_line(replay, tmp_path):
    clothes = tmp_path / "clothes.safetensors"
    classes = ",".join(f"c{i}" for i in range(10))
    record = {"network": "lenet5", "dataset": "fashion-mnist", "classes": classes}
    save_weights(clothes, build("lenet5").state_dict(), record)
    with pytest.raises(DigitpadError, match="digits 0 to 9"):
        Teacher(clothes, replay)


def test_numbers_that_grow_without_end_change_nothing(teacher, drawings):
    recipe = TeachingRecipe(steps=30, copies=4, learning_rate=1.0, memory_weight=1_000.0)
    own = OwnDrawings.of(misnamed(drawings), recipe)
    before = {name: tensor.clone() for name, tensor in teacher._network.state_dict().items()}
    try:
        teacher.teach(own, recipe)
    except DigitpadError as error:
        assert "astray" in str(error)
    for name, tensor in teacher._network.state_dict().items():
        assert torch.equal(tensor, before[name])


def test_networks_of_other_pages_can_be_taught(replay, drawings):
    weights = shipped_weights("lenet5-1998")
    teacher = Teacher(weights, replay)
    recipe = TeachingRecipe(steps=3, copies=4)
    table = teacher.teach(OwnDrawings.of(misnamed(drawings), recipe), recipe).table
    assert np.isfinite([one.difference for one in table.figures]).all()
