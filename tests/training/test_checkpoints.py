from __future__ import annotations

import pytest
import torch

from digitpad.core.errors import DigitpadError
from digitpad.nets.modules import build
from digitpad.nets.spec.record import read_metadata
from digitpad.training.checkpoints import (
    check_place,
    keep_weights,
    load_state,
    save_state,
    state_path,
)

STATE = build("lenet5").state_dict()


def record(accuracy: float, n: int = 5000, network: str = "lenet5") -> dict[str, str]:
    return {"network": network, "validation_accuracy": str(accuracy), "validation_n": str(n)}


@pytest.fixture
def out(tmp_path):
    return tmp_path / "net.safetensors"


def test_better_and_equal_weights_replace_what_is_there(out):
    for accuracy in (0.98, 0.99, 0.99):
        assert keep_weights(out, STATE, record(accuracy), replace=False) == (out, "")
    assert read_metadata(out)["validation_accuracy"] == "0.99"


def test_worse_weights_go_next_to_it_and_say_where(out):
    keep_weights(out, STATE, record(0.99), replace=False)
    for number in (2, 3):
        taken, reason = keep_weights(out, STATE, record(0.98), replace=False)
        assert taken == out.with_name(f"net-{number}.safetensors")
        assert "higher validation accuracy, 99.00%" in reason
        assert read_metadata(taken)["validation_accuracy"] == "0.98"
    assert read_metadata(out)["validation_accuracy"] == "0.99"


def test_replace_replaces_better_ones(out):
    keep_weights(out, STATE, record(0.99), replace=False)
    assert keep_weights(out, STATE, record(0.5), replace=True) == (out, "")
    assert read_metadata(out)["validation_accuracy"] == "0.5"


@pytest.mark.parametrize(
    ("old", "reason"),
    [
        (record(0.5, network="other"), "another network"),
        (record(0.5, n=100), "cannot be compared"),
        ({"network": "lenet5"}, "does not record"),
        (record(float("nan")), "higher validation accuracy"),
    ],
)
def test_what_cannot_be_compared_is_spared(out, old, reason):
    keep_weights(out, STATE, old, replace=True)
    taken, why = keep_weights(out, STATE, record(0.99), replace=False)
    assert taken != out and reason in why


def test_a_file_that_holds_no_weights_is_spared(out):
    out.write_text("my diary")
    taken, why = keep_weights(out, STATE, record(0.99), replace=False)
    assert taken != out and "not a weights file" in why
    assert out.read_text() == "my diary"


def test_a_place_that_cannot_be_written_is_refused_before_training(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(DigitpadError, match="is a directory"):
        check_place(tmp_path)
    with pytest.raises(DigitpadError, match="choose another --out"):
        check_place(tmp_path / "file" / "net.safetensors")
    check_place(tmp_path / "new" / "net.safetensors")


def test_the_state_of_a_run_comes_back_as_it_was(tmp_path):
    path = state_path(tmp_path / "net.safetensors")
    assert path.name == "net.resume"
    save_state(
        path, {"epochs": 3}, "mnist:5", {"network": STATE, "history": [{"loss": 0.5}], "best": None}
    )
    settings, fingerprint, state = load_state(path)
    assert (settings, fingerprint) == ({"epochs": 3}, "mnist:5")
    assert state["history"] == [{"loss": 0.5}] and state["best"] is None
    assert all(torch.equal(state["network"][name], tensor) for name, tensor in STATE.items())


class Bomb:
    """Something that unpickling would run."""

    def __reduce__(self):
        return (print, ("opened",))


@pytest.mark.parametrize("content", [{"format": "other"}, [1, 2], {"a": 1}, Bomb()])
def test_what_is_no_state_is_refused_and_not_run(tmp_path, content, capsys):
    path = tmp_path / "net.resume"
    torch.save(content, path)
    with pytest.raises(DigitpadError, match="not the state of a run"):
        load_state(path)
    path.write_bytes(path.read_bytes()[:50])
    with pytest.raises(DigitpadError, match="not the state of a run"):
        load_state(path)
    path.write_text("text")
    with pytest.raises(DigitpadError, match="not the state of a run"):
        load_state(path)
    assert capsys.readouterr().out == ""
