from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from digitpad.commands.common import add_network_arguments, chosen_network
from digitpad.core.errors import DigitpadError
from digitpad.core.paths import shipped_weights
from digitpad.nets.spec import installed
from tests.nets.reads import opened_files


def parsed(*words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser(exit_on_error=False)
    add_network_arguments(parser)
    return parser.parse_args(words)


def chosen(*words: str) -> tuple[Path, str]:
    found = chosen_network(parsed(*words))
    return found.weights, found.net


def test_the_shipped_weights_are_taken_unless_others_are_named(monkeypatch):
    assert chosen() == (shipped_weights(), "") and parsed().device == "auto"
    monkeypatch.chdir(shipped_weights().parent)
    assert chosen("--weights", "lenet5.safetensors") == (shipped_weights(), "")
    named = chosen("--weights", "lenet5.safetensors", "--net", "lenet5-max")
    assert named == (shipped_weights(), "lenet5-max")


def test_a_network_named_alone_is_the_one_that_is_installed(tmp_path, monkeypatch):
    assert chosen("--net", "lenet5") == (shipped_weights(), "")
    monkeypatch.setattr(installed, "weights_folders", lambda: [tmp_path])
    with pytest.raises(DigitpadError, match=r"make them with: python train\.py --net lenet5-leaky"):
        chosen("--net", "lenet5-leaky")
    record = b'{"__metadata__":{"network":"lenet5-leaky"}}'
    (tmp_path / "mine.safetensors").write_bytes(len(record).to_bytes(8, "little") + record)
    assert chosen("--net", "lenet5-leaky") == (tmp_path / "mine.safetensors", "")


def test_a_class_in_a_file_is_named_by_the_file_s_whole_path(tmp_path, monkeypatch):
    (tmp_path / "net.py").touch()
    monkeypatch.chdir(tmp_path)
    choice = chosen("--net", "net.py:MyNet", "--weights", str(shipped_weights()))
    assert choice == (shipped_weights(), f"{tmp_path / 'net.py'}:MyNet")


@pytest.mark.parametrize(
    ("net", "words"),
    [
        ("alexnet", "no network named 'alexnet'; known: lenet5"),
        ("none.py:Net", "none.py is not there"),
        ("net.py", "a file and a class in it"),
        ("net.py:", "a file and a class in it"),
        ("net.py:two words", "a file and a class in it"),
        ("net.py:Net", "needs its weights too"),
    ],
)
def test_a_network_that_cannot_be_taken_is_refused_before_anything_is_loaded(
    tmp_path, monkeypatch, net, words
):
    (tmp_path / "net.py").touch()
    monkeypatch.chdir(tmp_path)
    with pytest.raises(DigitpadError, match=words):
        chosen("--net", net)


def test_weights_that_cannot_be_used_are_refused_before_anything_is_loaded(tmp_path):
    (tmp_path / "text.safetensors").write_text("not weights at all")
    for name, words in (("none", "does not exist"), ("text", "not a safetensors file")):
        with pytest.raises(DigitpadError, match=words):
            chosen("--weights", str(tmp_path / f"{name}.safetensors"))


def test_weights_without_a_record_are_left_to_the_recogniser(tmp_path):
    (tmp_path / "best_model.pth").write_bytes(b"PK what torch.save wrote")
    assert chosen("--weights", str(tmp_path / "best_model.pth"))[1] == ""


def test_missing_shipped_weights_are_said_with_the_way_to_make_them(monkeypatch, tmp_path):
    monkeypatch.setattr("digitpad.core.paths.PACKAGE", Path(tmp_path) / "digitpad")
    with pytest.raises(DigitpadError, match=r"make them with: python train\.py"):
        chosen()


def test_only_the_header_of_the_file_is_read_and_once(monkeypatch):
    reads = opened_files(monkeypatch)
    found = chosen_network(parsed())
    assert found.record.network == "lenet5" and len(reads) == 1
    assert reads[0] < 10_000 < found.weights.stat().st_size
    found = chosen_network(parsed("--weights", str(shipped_weights())))
    assert found.record.network == "lenet5" and len(reads) == 2 and reads[1] < 10_000
