from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from digitpad.commands.common import add_network_arguments, chosen_weights
from digitpad.errors import DigitpadError
from digitpad.paths import shipped_weights


def parsed(*words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser(exit_on_error=False)
    add_network_arguments(parser)
    return parser.parse_args(words)


def test_the_shipped_weights_are_taken_unless_others_are_named(tmp_path, monkeypatch):
    assert chosen_weights(parsed()) == shipped_weights() and parsed().device == "auto"
    monkeypatch.chdir(shipped_weights().parent)
    assert chosen_weights(parsed("--weights", "lenet5.safetensors")) == shipped_weights()


def test_weights_that_cannot_be_used_are_refused_before_anything_is_loaded(tmp_path):
    (tmp_path / "text.safetensors").write_text("not weights at all")
    nameless = b'{"__metadata__":{}}'
    (tmp_path / "nameless.safetensors").write_bytes(len(nameless).to_bytes(8, "little") + nameless)
    for name, words in (("none", "does not exist"), ("text", "not a safetensors file"), ("nameless", "which network")):
        with pytest.raises(DigitpadError, match=words):
            chosen_weights(parsed("--weights", str(tmp_path / f"{name}.safetensors")))


def test_missing_shipped_weights_are_said_with_the_way_to_make_them(monkeypatch, tmp_path):
    monkeypatch.setattr("digitpad.paths.PACKAGE", Path(tmp_path) / "digitpad")
    with pytest.raises(DigitpadError, match=r"make them with: python train\.py"):
        chosen_weights(parsed())
