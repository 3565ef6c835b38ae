from __future__ import annotations

from dataclasses import replace

import pytest
import torch
from torch import nn

from digitpad.nets.spec.catalogue import network_named
from digitpad.training.recipes import settings_for
from digitpad.training.schedules import augmentation_strength, learning_rate_of, schedule_for
from digitpad.training.settings import TrainingSettings

STEPS = ((2, 0.5), (1, 0.1))


def rates(settings: TrainingSettings, epochs: int, steps: int) -> list[list[float]]:
    """The rate of each step, epoch by epoch."""
    optimizer = torch.optim.SGD(nn.Linear(1, 1).parameters(), lr=1.0)
    schedule = schedule_for(settings, optimizer, steps)
    seen: list[list[float]] = []
    for epoch in range(epochs):
        schedule.begin_epoch(epoch)
        seen.append([])
        for _ in range(steps):
            seen[-1].append(optimizer.param_groups[0]["lr"])
            optimizer.step()
            schedule.step()
    return seen


def test_whole_epochs_have_one_rate_and_the_last_one_stays():
    assert rates(TrainingSettings(learning_rates=STEPS), 5, 2) == [
        [0.5, 0.5],
        [0.5, 0.5],
        [0.1, 0.1],
        [0.1, 0.1],
        [0.1, 0.1],
    ]
    assert [learning_rate_of(STEPS, epoch) for epoch in (0, 1, 2, 99)] == [0.5, 0.5, 0.1, 0.1]


def test_the_page_s_rate_stays_to_its_last_epoch():
    settings = settings_for(network_named("lenet5"), "tutorial")
    assert {rate for epoch in rates(settings, 50, 1) for rate in epoch} == {1e-3}


def test_without_rates_it_rises_to_the_peak_and_falls_to_nearly_nothing():
    settings = TrainingSettings(epochs=4, peak_learning_rate=0.01, warm_up=0.25)
    seen = [rate for epoch in rates(settings, 4, 25) for rate in epoch]
    peak = seen.index(max(seen))
    assert 23 <= peak <= 26 and max(seen) == pytest.approx(0.01, rel=1e-3)
    assert seen[:peak] == sorted(seen[:peak]) and seen[peak:] == sorted(seen[peak:], reverse=True)
    assert seen[0] < 0.001 and seen[-1] < 1e-4


@pytest.mark.parametrize("steps", range(1, 21))
def test_a_run_of_a_few_steps_has_a_rate_for_each(steps):
    settings = TrainingSettings(epochs=1, peak_learning_rate=0.01, warm_up=0.2)
    (seen,) = rates(settings, 1, steps)
    assert len(seen) == steps and all(0 < rate <= 0.0101 for rate in seen)


@pytest.mark.parametrize(
    "settings", [TrainingSettings(learning_rates=STEPS, epochs=3), TrainingSettings(epochs=3)]
)
def test_one_that_goes_on_has_the_rates_of_one_that_never_stopped(settings):
    whole = rates(settings, 3, 4)
    optimizer = torch.optim.SGD(nn.Linear(1, 1).parameters(), lr=1.0)
    first = schedule_for(settings, optimizer, 4)
    for epoch in range(2):
        first.begin_epoch(epoch)
        for _ in range(4):
            optimizer.step()
            first.step()
    other = torch.optim.SGD(nn.Linear(1, 1).parameters(), lr=1.0)
    second = schedule_for(replace(settings), other, 4)
    second.load_state_dict(first.state_dict())
    other.load_state_dict(optimizer.state_dict())
    second.begin_epoch(2)
    assert other.param_groups[0]["lr"] == pytest.approx(whole[2][0])


def test_augmentation_is_whole_until_it_is_annealed_to_a_quarter():
    left = [augmentation_strength(epoch, 11, 0.3) for epoch in range(11)]
    assert left[:8] == [1.0] * 8
    assert left[8:] == pytest.approx([0.75, 0.5, 0.25])
    assert [augmentation_strength(epoch, 4, 0.0) for epoch in range(4)] == [1.0] * 4
    assert augmentation_strength(0, 1, 0.3) == 1.0
