from __future__ import annotations

import pytest

from digitpad.core.errors import DigitpadError
from digitpad.nets.modules import build
from digitpad.nets.spec.record import read_metadata
from digitpad.training.saving import check_place, place_weights

STATE = build("lenet5").state_dict()


def record(accuracy: float, n: int = 5000, network: str = "lenet5") -> dict[str, str]:
    return {"network": network, "validation_accuracy": str(accuracy), "validation_n": str(n)}


@pytest.fixture
def out(tmp_path):
    return tmp_path / "net.safetensors"


def test_better_and_equal_weights_replace_what_is_there(out):
    for accuracy in (0.98, 0.99, 0.99):
        assert place_weights(out, STATE, record(accuracy), replace=False) == (out, "")
    assert read_metadata(out)["validation_accuracy"] == "0.99"


def test_worse_weights_go_next_to_it_and_say_where(out):
    place_weights(out, STATE, record(0.99), replace=False)
    for number in (2, 3):
        taken, reason = place_weights(out, STATE, record(0.98), replace=False)
        assert taken == out.with_name(f"net-{number}.safetensors")
        assert "higher validation accuracy, 99.00%" in reason
        assert read_metadata(taken)["validation_accuracy"] == "0.98"
    assert read_metadata(out)["validation_accuracy"] == "0.99"


def test_replace_replaces_better_ones(out):
    place_weights(out, STATE, record(0.99), replace=False)
    assert place_weights(out, STATE, record(0.5), replace=True) == (out, "")
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
    place_weights(out, STATE, old, replace=True)
    taken, why = place_weights(out, STATE, record(0.99), replace=False)
    assert taken != out and reason in why


def test_a_file_that_holds_no_weights_is_spared(out):
    out.write_text("my diary")
    taken, why = place_weights(out, STATE, record(0.99), replace=False)
    assert taken != out and "not a weights file" in why
    assert out.read_text() == "my diary"


def test_a_place_that_cannot_be_written_is_refused_before_training(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(DigitpadError, match="is a directory"):
        check_place(tmp_path)
    with pytest.raises(DigitpadError, match="choose another --out"):
        check_place(tmp_path / "file" / "net.safetensors")
    check_place(tmp_path / "new" / "net.safetensors")
