"""A checkpoint that was altered is refused in one clear line, or trained on as it was."""

from __future__ import annotations

import copy
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch

from digitpad.core.errors import DigitpadError
from digitpad.training.checkpoints import load_checkpoint, save_checkpoint
from digitpad.training.events import EpochFinished, TrainingEvent
from digitpad.training.run import train
from digitpad.training.settings import TrainingSettings

SETTINGS = TrainingSettings(epochs=3, batch=100, limit=400, styles="none")
Record = dict[str, Any]

pytestmark = pytest.mark.usefixtures("small_mnist")


@pytest.fixture(scope="module")
def stopped(tmp_path_factory: pytest.TempPathFactory, small_mnist: None) -> Path:
    """The checkpoint of a run that was stopped after two of three epochs."""
    out = tmp_path_factory.mktemp("run") / "net.safetensors"

    def stop(event: TrainingEvent) -> None:
        if isinstance(event, EpochFinished) and event.report.epoch == 2:
            raise KeyboardInterrupt

    with pytest.raises(DigitpadError, match="stopped after epoch 2"):
        train(SETTINGS, out=out, device="cpu", events=stop)
    return out.with_suffix(".resume")


def test_what_was_not_altered_goes_on_to_the_same_weights(stopped: Path, tmp_path: Path) -> None:
    whole = train(SETTINGS, out=tmp_path / "whole.safetensors", device="cpu")
    resumed = train(resume=stopped, out=tmp_path / "again.safetensors", device="cpu")
    losses = [[report.validation_loss for report in run.history] for run in (whole, resumed)]
    assert losses[0] == losses[1] and resumed.test_accuracy == whole.test_accuracy
    assert stopped.exists(), "only the run's own checkpoint goes"


def state(change: Callable[[Record], object]) -> Callable[[Record], object]:
    """An alteration of the record's state."""
    return lambda record: change(record["state"])


def in_optimizer(name: str, change: Callable[[torch.Tensor], object]) -> Callable[[Record], object]:
    """An alteration of the first tensor of that name that the optimiser has."""
    return state(
        lambda s: change(next(o[name] for o in s["optimizer"]["state"].values() if name in o))
    )


ALTERATIONS: dict[str, tuple[Callable[[Record], object], str]] = {
    "settings without epochs": (lambda r: r["settings"].pop("epochs"), "settings without epochs"),
    "no epochs": (lambda r: r["settings"].update(epochs=0), "epochs is 0"),
    "fewer epochs than done": (lambda r: r["settings"].update(epochs=1), "history is no list"),
    "another network": (lambda r: r["settings"].update(network="lenet5-relu"), "cannot be gone on"),
    "no such network": (lambda r: r["settings"].update(network="x"), "no network named 'x'"),
    "no such data set": (lambda r: r["settings"].update(dataset="x"), "'x'"),
    "no such recipe": (lambda r: r["settings"].update(recipe="x"), "no recipe 'x'"),
    "a seed below 0": (lambda r: r["settings"].update(seed=-1), "seed is -1"),
    "an infinite rate": (lambda r: r["settings"].update(peak_rate=math.inf), "is inf"),
    "another batch": (lambda r: r["settings"].update(batch=50), "steps"),
    "other digits": (lambda r: r.update(fingerprint="x"), "other digits"),
    "no network": (state(lambda s: s.pop("network")), "state lacks network"),
    "more than there is": (state(lambda s: s.update(more=1)), "more than belongs"),
    "network is a list": (state(lambda s: s.update(network=[])), "layers of the network"),
    "a layer less": (state(lambda s: s["network"].pop("C1.weight")), "layers of the network"),
    "NaN in a layer": (
        state(lambda s: s["network"]["C1.weight"].fill_(math.nan)),
        r"network, C1\.weight, has numbers that are not finite",
    ),
    "infinity in the EMA": (
        state(lambda s: s["average"]["F6.bias"].fill_(math.inf)),
        "average, F6.bias, has numbers",
    ),
    "another shape": (
        state(lambda s: s["average"].update({"C1.bias": torch.zeros(7)})),
        r"float32 \(7,\), not float32 \(6,\)",
    ),
    "another type": (
        state(lambda s: s["network"].update({"C1.bias": torch.zeros(6).double()})),
        "float64",
    ),
    "no tensor": (state(lambda s: s["best"].update({"C1.bias": 5})), "is no tensor"),
    "NaN in the best": (state(lambda s: s["best"]["C1.bias"].fill_(math.nan)), "best weights"),
    "no best": (state(lambda s: s.update(best=None)), "best weights"),
    "other best weights": (state(lambda s: s["best"]["output.weight"].zero_()), "read as well"),
    "history is text": (state(lambda s: s.update(history="abc")), "history is no list"),
    "no history": (state(lambda s: s.update(history=[])), "its"),
    "an epoch of nothing": (state(lambda s: s["history"].append({})), "no report of epoch 3"),
    "an epoch twice": (state(lambda s: s["history"].append(s["history"][-1])), "counts otherwise"),
    "a loss of NaN": (state(lambda s: s["history"][0].update(loss=math.nan)), "cannot be"),
    "a loss that is text": (state(lambda s: s["history"][0].update(loss="0.5")), "cannot be"),
    "a validation loss of -1": (
        state(lambda s: s["history"][1].update(validation_loss=-1.0)),
        "cannot be",
    ),
    "a validation loss of NaN": (
        state(lambda s: s["history"][1].update(validation_loss=math.nan)),
        "cannot be",
    ),
    "a validation too good": (
        state(lambda s: s["history"][1].update(validation_loss=0.0, validation_accuracy=1.0)),
        "do not read as well as is said",
    ),
    "an accuracy of 2": (state(lambda s: s["history"][0].update(train_accuracy=2.0)), "no share"),
    "no best epoch": (
        state(lambda s: [report.update(best=False) for report in s["history"]]),
        "best epoch",
    ),
    "no validation": (
        state(lambda s: s["history"][1].update(validation_loss=None, validation_accuracy=None)),
        "other validation digits",
    ),
    "half a validation": (state(lambda s: s["history"][0].update(validation_loss=None)), "half"),
    "optimizer is text": (state(lambda s: s.update(optimizer="x")), "optimizer"),
    "a group less": (state(lambda s: s["optimizer"]["param_groups"].pop()), "groups"),
    "other weights in a group": (
        state(lambda s: s["optimizer"]["param_groups"][0].update(params=[99])),
        "weights of this one",
    ),
    "a rate of NaN": (
        state(lambda s: s["optimizer"]["param_groups"][0].update(lr=math.nan)),
        "learning rate that is none",
    ),
    "no momenta": (state(lambda s: s["optimizer"]["state"].clear()), "weights of this one"),
    "NaN in momenta": (in_optimizer("exp_avg", lambda t: t.fill_(math.nan)), "not finite"),
    "negative squares": (in_optimizer("exp_avg_sq", lambda t: t.fill_(-1.0)), "below 0"),
    "schedule is a list": (state(lambda s: s.update(schedule=[])), "schedule"),
    "another step": (state(lambda s: s["schedule"].update(last_epoch=1)), "has not taken 8 steps"),
    "a step of NaN": (state(lambda s: s["schedule"].update(last_epoch=math.nan)), "not taken"),
}


def altered(stopped: Path, folder: Path, change: Callable[[Record], object]) -> Path:
    settings, fingerprint, found = load_checkpoint(stopped)
    record = copy.deepcopy({"settings": settings, "fingerprint": fingerprint, "state": found})
    change(record)
    path = folder / "net.resume"
    save_checkpoint(path, record["settings"], record["fingerprint"], record["state"])
    return path


@pytest.mark.parametrize("name", ALTERATIONS)
def test_what_was_altered_is_refused_in_one_clear_line(
    name: str, stopped: Path, tmp_path: Path
) -> None:
    change, words = ALTERATIONS[name]
    path = altered(stopped, tmp_path, change)
    before = path.read_bytes()
    with pytest.raises(DigitpadError, match=words) as caught:
        train(resume=path, device="cpu")
    said = str(caught.value)
    assert str(path) in said and "\n" not in said and len(said) < 500
    assert path.read_bytes() == before and list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    "change",
    [
        state(lambda s: s["schedule"].update(total_steps=5, base_lrs="x", strange=[1])),
        state(lambda s: s["optimizer"]["param_groups"][0].update(weight_decay=9.0)),
    ],
)
def test_what_follows_from_the_settings_is_not_taken_from_the_file(
    change: Callable[[Record], object], stopped: Path, tmp_path: Path
) -> None:
    (tmp_path / "plain").mkdir()
    plain = train(resume=stopped, out=tmp_path / "plain" / "net.safetensors", device="cpu")
    mended = train(resume=altered(stopped, tmp_path, change), device="cpu")
    assert mended.history[-1].loss == plain.history[-1].loss
    assert mended.history[-1].validation_loss == plain.history[-1].validation_loss
