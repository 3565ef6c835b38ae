from __future__ import annotations

import pytest
import torch

from digitpad.core.errors import DigitpadError
from digitpad.nets.files.pickle_check import UnsafePickleError, check_pickles
from digitpad.nets.modules import build
from digitpad.training.checkpoints import checkpoint_path, load_checkpoint, save_checkpoint

STATE = build("lenet5").state_dict()


def test_a_checkpoint_comes_back_as_it_was(tmp_path):
    path = checkpoint_path(tmp_path / "net.safetensors")
    assert path.name == "net.resume"
    save_checkpoint(
        path, {"epochs": 3}, "mnist:5", {"network": STATE, "history": [{"loss": 0.5}], "best": None}
    )
    settings, fingerprint, state = load_checkpoint(path)
    assert (settings, fingerprint) == ({"epochs": 3}, "mnist:5")
    assert state["history"] == [{"loss": 0.5}] and state["best"] is None
    assert all(torch.equal(state["network"][name], tensor) for name, tensor in STATE.items())


class Bomb:
    """Something that unpickling would run."""

    def __reduce__(self):
        return (print, ("opened",))


@pytest.mark.parametrize("content", [{"format": "other"}, [1, 2], {"a": 1}, Bomb()])
def test_what_is_no_checkpoint_is_refused_and_not_run(tmp_path, content, capsys):
    path = tmp_path / "net.resume"
    torch.save(content, path)
    with pytest.raises(DigitpadError, match="not a checkpoint of a run"):
        load_checkpoint(path)
    path.write_bytes(path.read_bytes()[:50])
    with pytest.raises(DigitpadError, match="not a checkpoint of a run"):
        load_checkpoint(path)
    path.write_text("text")
    with pytest.raises(DigitpadError, match="not a checkpoint of a run"):
        load_checkpoint(path)
    assert capsys.readouterr().out == ""


def test_a_pickle_that_would_hang_is_no_checkpoint(tmp_path):
    held: tuple = ()
    for _ in range(15):
        held = (held, held)
    torch.save({"format": "x", "settings": {}, "held": held}, tmp_path / "run.resume")
    with pytest.raises(DigitpadError, match=r"is not a checkpoint of a run"):
        load_checkpoint(tmp_path / "run.resume")
    with pytest.raises(UnsafePickleError):
        check_pickles((tmp_path / "run.resume").read_bytes())
