from __future__ import annotations

from dataclasses import replace

import pytest

from digitpad.core.errors import DigitpadError
from digitpad.core.results import NetworkInfo
from digitpad.core.weights_record import MOST_CLASSES, WeightsRecord
from digitpad.datasets import DIGITS

TOLD = {
    "network": "lenet5",
    "recipe": "ours",
    "dataset": "mnist",
    "classes": "0,1,2,3,4,5,6,7,8,9",
    "datasets": "mnist, other pens",
    "mean": "0.07843137254901962",
    "std": "0.3081",
    "temperature": "0.82",
    "reject_energy": "-3.3149",
    "test_accuracy": "0.99",
    "test_n": "10000",
    "seconds": "1148",
    "date": "2026-11-25",
    "validation_pen_styles_n": "5000",
    "format": "pt",
}


def test_a_record_holds_values_in_place_of_texts():
    record = WeightsRecord.from_metadata(TOLD)
    assert (record.network, record.recipe, record.dataset) == ("lenet5", "ours", "mnist")
    assert record.classes == DIGITS and record.datasets == ("mnist", "other pens")
    assert (record.mean, record.temperature, record.reject_energy) == (0.1 / 1.275, 0.82, -3.3149)
    assert (record.test_accuracy, record.test_n, record.seconds) == (0.99, 10_000, 1148)
    assert record.extra == {"validation_pen_styles_n": "5000", "format": "pt"}
    assert (record.validation_accuracy, record.epochs, record.command) == (None, None, "")


def test_what_was_read_is_written_as_it_was_spelled():
    assert WeightsRecord.from_metadata(TOLD).as_metadata() == TOLD
    odd = {"test_accuracy": "high", "epochs": "", "mean": "1e-1"}
    assert WeightsRecord.from_metadata(odd).as_metadata() == {
        "test_accuracy": "high",
        "mean": "1e-1",
    }


def test_what_is_made_here_is_written_as_a_run_writes_it():
    record = WeightsRecord(
        "lenet5", classes=("a", "b"), mean=0.5, temperature=2.0, test_accuracy=0.98765, epochs=0
    )
    assert record.as_metadata() == {
        "network": "lenet5",
        "classes": "a,b",
        "mean": "0.5",
        "temperature": "2.0000",
        "test_accuracy": "0.9877",
        "epochs": "0",
    }
    changed = replace(WeightsRecord.from_metadata(TOLD), test_accuracy=0.5).as_metadata()
    assert changed == TOLD | {"test_accuracy": "0.5000"}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        *((name, text) for name in ("mean", "std", "temperature", "reject_energy")
          for text in ("nan", "inf", "-inf", "", "much", "1e400", "9" * 5000)),
        ("std", "0"), ("std", "-1e-40"), ("std", "1e-40"), ("temperature", "0"),
        ("temperature", "1e-9"), ("mean", "1e30"),
    ],
)  # fmt: skip
def test_a_number_that_cannot_be_computed_with_is_refused_in_a_line(name, text):
    with pytest.raises(DigitpadError) as caught:
        WeightsRecord.from_metadata({name: text}, "a.pth")
    message = str(caught.value)
    assert message.startswith(f"a.pth: its {name} is ") and "no usable number" in message
    assert len(message) < 150 and "\n" not in message


@pytest.mark.parametrize("text", ["²", "9" * 5000, "٣", "-1", "1.5", "1_0", " 7", "many"])
def test_a_count_that_is_none_says_nothing(text):
    assert WeightsRecord.from_metadata({"test_n": text, "seed": text}).test_n is None


@pytest.mark.parametrize("text", ["nan", "inf", "-0.1", "1.2", "high", "0." + "9" * 5000])
def test_an_accuracy_that_is_no_share_says_nothing(text):
    assert WeightsRecord.from_metadata({"test_accuracy": text}).test_accuracy is None


def test_texts_without_end_are_refused_or_left_out():
    with pytest.raises(DigitpadError, match=r"a\.pth: its command has 600,000 characters"):
        WeightsRecord.from_metadata({"command": "x" * 600_000}, "a.pth")
    many = {f"note {number}": "x" for number in range(5000)}
    record = WeightsRecord.from_metadata({"mine": "x" * 600_000, **many})
    assert "mine" not in record.extra and len(record.extra) <= 200


def test_classes_without_end_are_refused():
    for classes in (",".join("a" * (MOST_CLASSES + 1)), "a" * 101):
        with pytest.raises(DigitpadError, match=r"a.pth: it names [\d,]+ classes"):
            WeightsRecord.from_metadata({"classes": classes}, "a.pth")


def test_a_network_s_info_has_its_record_and_never_fails_over_it():
    info = NetworkInfo("n", "N", ("0",), 0, (), "f", "cpu", (), TOLD)
    assert info.record == WeightsRecord.from_metadata(TOLD) and info.record is info.record
    assert info.test_accuracy == 0.99
    assert replace(info, metadata={"mean": "nan"}).record == WeightsRecord()
