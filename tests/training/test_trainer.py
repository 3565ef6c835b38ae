from __future__ import annotations

from dataclasses import replace

import pytest
import torch
from torch import nn

from digitpad.datasets import LabelledDigits, split
from digitpad.nets.inputs import InputForm
from digitpad.training.data.sources import DigitSource
from digitpad.training.ema import EmaWeights
from digitpad.training.events import EpochFinished, PrecisionUnavailable, StepsTrained
from digitpad.training.measuring import Score, measure
from digitpad.training.settings import TrainingSettings
from digitpad.training.trainer import Trainer

CPU = torch.device("cpu")
SETTINGS = TrainingSettings(epochs=2, batch=64, ema_decay=0.9)


@pytest.fixture(scope="module")
def pools(mnist: LabelledDigits) -> tuple[DigitSource, DigitSource]:
    learning, validation = split(mnist)
    small = LabelledDigits(learning.digits[:2000], learning.labels[:2000])
    held = LabelledDigits(validation.digits[:500], validation.labels[:500])
    return DigitSource.of("mnist", small), DigitSource.of("validation", held)


@pytest.fixture
def scribbles() -> DigitSource:
    noise = torch.randint(0, 256, (600, 28, 28), generator=torch.Generator().manual_seed(0)).to(
        torch.uint8
    )
    return DigitSource("scribbles", noise, torch.full((600,), -1))


def trained(
    pools, settings: TrainingSettings = SETTINGS, epochs: int | None = None, **more
) -> Trainer:
    trainer = Trainer(settings, [pools[0]], pools[1], CPU, **more)
    for _ in range(settings.epochs if epochs is None else epochs):
        trainer.run_epoch()
    return trainer


def same(a: dict[str, torch.Tensor], b: dict[str, torch.Tensor]) -> bool:
    return a.keys() == b.keys() and all(torch.equal(a[name], b[name]) for name in a)


def test_two_short_epochs_read_most_digits(pools):
    trainer = trained(pools)
    best = trainer.progress.best_report
    assert best is not None and best.validation_accuracy > 0.7
    assert [report.epoch for report in trainer.history] == [1, 2]
    assert trainer.history[1].loss < trainer.history[0].loss
    assert trainer.history[1].train_accuracy > trainer.history[0].train_accuracy


def test_a_seed_makes_a_run_repeatable_and_another_makes_another(pools):
    first = trained(pools, epochs=1)
    torch.manual_seed(123)  # what happens outside has no part in it
    assert same(first.best, trained(pools, epochs=1).best)
    assert not same(first.best, trained(pools, replace(SETTINGS, seed=1), epochs=1).best)


def test_a_run_leaves_the_random_state_of_others_alone(pools):
    torch.manual_seed(5)
    expected = torch.rand(3)
    torch.manual_seed(5)
    trained(pools, epochs=1)
    assert torch.equal(torch.rand(3), expected)


def test_a_run_that_goes_on_ends_with_the_same_bits(pools):
    whole = trained(pools)
    half = trained(pools, epochs=1)
    state = half.state()
    half.run_epoch()  # the state is a copy: what follows does not change it
    resumed = Trainer(SETTINGS, [pools[0]], pools[1], CPU)
    resumed.restore(state)
    assert resumed.epochs_done == 1
    resumed.run_epoch()
    assert same(whole.best, resumed.best)
    assert same(whole.network.state_dict(), resumed.network.state_dict())
    assert [r.validation_loss for r in whole.history] == [
        r.validation_loss for r in resumed.history
    ]


def test_the_best_epoch_is_kept_not_the_last(pools, monkeypatch):
    scores = iter(
        [Score(400, 500, 0.5), Score(450, 500, 0.4), Score(455, 500, 0.5), Score(449, 500, 0.4)]
    )
    monkeypatch.setattr("digitpad.training.trainer.measure", lambda *a: next(scores))
    trainer = Trainer(replace(SETTINGS, epochs=4), [pools[0]], pools[1], CPU)
    kept = []
    for _ in range(4):
        trainer.run_epoch()
        kept.append(trainer.best)
    assert [report.best for report in trainer.history] == [True, True, False, False]
    assert trainer.progress.best_report.epoch == 2
    assert kept[1] is kept[3] and not same(kept[0], kept[1])


def test_what_is_chosen_are_the_averaged_weights(pools):
    trainer = trained(pools, epochs=1)
    assert same(trainer.best, trainer.ema.module.state_dict())
    assert not same(trainer.best, trainer.network.state_dict())


def test_digits_are_augmented_unless_told_not_to(pools):
    plain = trained(pools, replace(SETTINGS, augmentation=None), epochs=1)
    assert not same(plain.best, trained(pools, epochs=1).best)
    still = DigitSource(pools[0].name, pools[0].digits, pools[0].labels, augmentation=0.0)
    torch.testing.assert_close(
        plain.best, trained((still, pools[1]), epochs=1).best, atol=1e-3, rtol=0
    )


def test_what_is_no_digit_is_learnt_beside_the_digits(pools, scribbles):
    digits_only = trained(pools)
    both = Trainer(SETTINGS, [pools[0], scribbles], pools[1], CPU)
    for _ in range(2):
        both.run_epoch()
    assert both.progress.best_report.validation_accuracy > 0.75
    noise = (scribbles.digits[:200, None].float() / 255 - 0.1307) / 0.3081
    with torch.no_grad():
        surest = [t.ema.module(noise).softmax(1).amax(1).mean() for t in (both, digits_only)]
    assert surest[0] < 0.3 < surest[1]


@pytest.mark.parametrize("network", ["lenet5", "lenet5-relu"])
def test_bfloat16_trains_nearly_alike_and_keeps_weights_in_float32(pools, monkeypatch, network):
    monkeypatch.setattr("digitpad.training.trainer.has_bfloat16", lambda device: True)
    settings, seen = replace(SETTINGS, network=network, precision="bfloat16", epochs=1), []
    computed = set()
    plain = torch.nn.functional.linear
    monkeypatch.setattr(
        torch.nn.functional,
        "linear",
        lambda *given: (found := plain(*given), computed.add(found.dtype))[0],
    )
    mixed = Trainer(settings, [pools[0]], pools[1], CPU, seen.append)
    report = mixed.run_epoch()
    assert torch.bfloat16 in computed
    exact = trained(pools, replace(settings, precision="float32"))
    assert (mixed.precision, exact.precision) == ("bfloat16", "float32")
    assert not any(isinstance(event, PrecisionUnavailable) for event in seen)
    assert {tensor.dtype for tensor in mixed.best.values()} == {torch.float32}
    assert not same(mixed.best, exact.best)
    assert report.loss == pytest.approx(exact.history[0].loss, rel=0.05)


def test_bfloat16_where_the_device_has_no_units_for_it_is_float32_and_said(pools, monkeypatch):
    monkeypatch.setattr("digitpad.training.trainer.has_bfloat16", lambda device: False)
    settings, seen = replace(SETTINGS, precision="bfloat16", epochs=1), []
    fallen = Trainer(settings, [pools[0]], pools[1], CPU, seen.append)
    fallen.run_epoch()
    assert fallen.precision == "float32" and same(
        fallen.best, trained(pools, replace(SETTINGS, epochs=1)).best
    )
    assert seen[0] == PrecisionUnavailable("cpu")


def test_progress_ends_with_all_that_an_epoch_trains_on(pools, scribbles):
    seen = []
    trainer = Trainer(SETTINGS, [pools[0], scribbles], pools[1], CPU, seen.append)
    report = trainer.run_epoch()
    assert seen.pop() == EpochFinished(report)
    # Of 2,600: the digits that fill no batch are left out.
    assert seen[-1] == StepsTrained(1, 2560, 2560)
    assert len(seen) == 40


def test_a_set_smaller_than_a_batch_is_one_batch_and_an_empty_one_is_refused(pools):
    digits, labels = pools[0].digits, pools[0].labels
    tiny = Trainer(SETTINGS, [DigitSource("tiny", digits[:5], labels[:5])], pools[1], CPU)
    assert tiny.run_epoch().loss > 0
    with pytest.raises(ValueError, match="no digits"):
        Trainer(SETTINGS, [DigitSource("none", digits[:0], labels[:0])], pools[1], CPU)


def test_the_average_follows_slowly_and_forgets_its_start():
    network = nn.Linear(1, 1, bias=False)
    nn.init.constant_(network.weight, 0.0)
    average = EmaWeights(network, 0.9)
    nn.init.constant_(network.weight, 1.0)
    average.update(network, steps=0)
    assert average.module.weight.item() == pytest.approx(0.9)  # decay 1 / 10 at first
    nn.init.constant_(network.weight, 0.0)
    average.update(network, steps=10_000)
    assert average.module.weight.item() == pytest.approx(0.81)
    assert network.weight.item() == 0


def test_the_average_takes_buffers_as_they_are():
    network = nn.BatchNorm1d(2)
    average = EmaWeights(network, 0.9)
    network.running_mean.fill_(4)
    average.update(network, 0)
    assert average.module.running_mean.tolist() == [4, 4]


def test_measuring_counts_what_is_read_rightly(pools):
    class Knowing(nn.Module):
        form = InputForm()

        def forward(self, x):
            return torch.eye(10)[torch.zeros(len(x), dtype=torch.int64)] * 100

    held = pools[1]
    score = measure(Knowing(), held.digits, held.labels)
    assert score.right == int((held.labels == 0).sum()) and score.n == 500
    assert score.accuracy == score.right / 500
    assert score.loss == pytest.approx(100 * (1 - score.accuracy))
    assert measure(Knowing(), held.digits[:0], held.labels[:0]) == Score(0, 0, 0.0)
