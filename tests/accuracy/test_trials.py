from __future__ import annotations

import numpy as np
import pytest

from digitpad.accuracy.corruptions import CORRUPTIONS, MOVED
from digitpad.accuracy.evaluation import evaluate
from digitpad.accuracy.measured_network import MeasuredNetwork
from digitpad.accuracy.measures import by_group, measure
from digitpad.accuracy.pen_sets import PenSet
from digitpad.accuracy.trials import SWEEPS, Effort, planned_trials, trials
from digitpad.ink.strokes_file import Sample
from digitpad.nets.recognizer import Recognizer

EFFORT = Effort(mnist=40, pen_set=8, sweep_whole=4, sweep=4, kind=2, letters=6, style=1)


@pytest.fixture(scope="module")
def pen_set(drawings) -> PenSet:
    return PenSet(
        "mine", tuple(Sample(label, tuple(strokes)) for label, strokes in drawings.items())
    )


@pytest.fixture(scope="module")
def planned(test_set, pen_set):
    return planned_trials(test_set, [pen_set], 2, EFFORT)


def test_every_setting_is_tried_once(planned):
    keys = [trial.key for trial in planned]
    assert len(set(keys)) == len(keys)
    wanted = {
        ("mnist",),
        ("kinds",),
        ("letters",),
        ("styles",),
        ("place", "mine", "random"),
        ("place", "mine", "fit"),
    }
    wanted |= {("corruption", name) for name in CORRUPTIONS} | {
        ("renormalized", name) for name in MOVED
    }
    wanted |= {
        (sweep, "mine", setting) for sweep, settings in SWEEPS.items() for setting in settings
    }
    assert set(keys) == wanted


def test_pen_sets_are_measured_as_evaluate_does(planned, pen_set, rejecting_weights):
    network, recognizer = MeasuredNetwork(rejecting_weights), Recognizer(rejecting_weights, "cpu")
    wanted = {
        ("place", "mine", "random"): evaluate(recognizer, pen_set.samples, "random", seed=2),
        ("place", "mine", "fit"): evaluate(recognizer, pen_set.samples, "fit", seed=2),
        # 30 % of the 196 px that fit gives the longer side.
        ("pen", "mine", 0.30): evaluate(
            recognizer, pen_set.part(4, 2).samples, "fit", 58.8, seed=2
        ),
        ("size", "mine", 0.12): evaluate(
            recognizer, pen_set.part(4, 2).samples, "random", seed=2, share=0.12
        ),
        ("size and pen", "mine", 0.95): evaluate(
            recognizer, pen_set.part(4, 2).samples, "random", 0.12 * 0.95 * 280, seed=2, share=0.95
        ),
        ("rotation", "mine", 0): evaluate(recognizer, pen_set.part(4, 2).samples, "random", seed=2),
    }
    made = list(trials([trial for trial in planned if trial.key in wanted]))
    (measures,), _ = measure([network], made)
    for key, score in wanted.items():
        found = measures[key]
        assert (found.n, found.accuracy, found.accepted) == (
            score.n,
            score.accuracy,
            score.accepted,
        ), key
        answers = np.zeros((10, 10), int)
        np.add.at(answers, (found.labels, found.answers), 1)
        assert (answers == score.confusion).all(), key


def test_rotation_turns_what_is_drawn(planned):
    upright, turned = (
        next(r for r in planned if r.key == ("rotation", "mine", a)).make_trial() for a in (0, 15)
    )
    assert (np.abs(upright.digits - turned.digits).sum(axis=(1, 2)) > 10).all()


def test_normalising_again_undoes_a_move(planned, test_set):
    moved = next(r for r in planned if r.key == ("corruption", "translate")).make_trial().digits
    again = next(r for r in planned if r.key == ("renormalized", "translate")).make_trial().digits
    original = test_set.digits[:40] / 255
    assert np.abs(moved - original).mean() > 0.1
    # All but those that the move pushed over the edge.
    assert np.median(np.abs(again - original).mean(axis=(1, 2))) < 0.01


def test_processes_make_the_same_as_one(planned):
    some = [trial for trial in planned if trial.key[0] in ("place", "kinds")]
    alone, together = list(trials(some)), list(trials(some, workers=2))
    assert [trial.key for trial in alone] == [trial.key for trial in together]
    for one, other in zip(alone, together, strict=True):
        assert (one.digits == other.digits).all() and (one.labels == other.labels).all()


def test_networks_share_trials_and_groups_are_told_apart(
    planned, rejecting_weights, accepting_weights
):
    networks = [MeasuredNetwork(rejecting_weights), MeasuredNetwork(accepting_weights)]
    told: list[str] = []
    made = trials([trial for trial in planned if trial.key[0] in ("kinds", "mnist")])
    (strict, lenient), gallery = measure(networks, made, told.append)
    assert told == ["mnist", "kinds"]
    assert (strict[("kinds",)].logits == lenient[("kinds",)].logits).all()
    assert lenient[("kinds",)].rejected == 0 < strict[("kinds",)].rejected
    groups = by_group(strict[("kinds",)], gallery.drawn["kinds"])
    assert [part.non_digits for _, part in groups] == [2] * 8
    assert gallery.digits[("mnist",)].shape == (40, 28, 28)
