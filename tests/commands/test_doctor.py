from __future__ import annotations

import argparse

import pytest

from digitpad.cli import main
from digitpad.commands import doctor
from digitpad.core.errors import DigitpadError
from digitpad.core.paths import shipped_asset
from digitpad.nets import recognizer as recognizer_module


@pytest.fixture(autouse=True)
def _loaded_once(recognizer, monkeypatch):
    monkeypatch.setattr(recognizer_module, "Recognizer", lambda *arguments: recognizer)


def test_it_says_what_works_on_this_machine(capsys):
    status = main(["doctor"])
    told = capsys.readouterr().out
    assert status == (1 if "FAIL" in told else 0)
    for words in (
        "ok   system: Digitpad",
        "ok   qt: Qt 6",
        "1 screen; the desktop asks for the theme light",
        "ok   weights: ",
        "network lenet5; accuracy 99.47% of 10,000; validation accuracy ",
        "ok   devices: PyTorch",
    ):
        assert words in told
    assert "the network runs on cpu" in told and "10,000 test images of MNIST" in told


def test_what_fails_is_said_and_the_rest_is_checked_all_the_same(monkeypatch, capsys):
    def missing(weights: object) -> None:
        raise DigitpadError("the weights are missing; make them with: python train.py")

    monkeypatch.setattr("digitpad.nets.spec.record.read_record", missing)
    assert main(["doctor"]) == 1
    told = capsys.readouterr().out
    assert "FAIL weights: the weights are missing" in told and "data sets" in told


def test_a_qt_that_ends_the_process_is_told_with_its_last_words(monkeypatch, capsys):
    monkeypatch.setenv("QT_QPA_PLATFORM", "nonsense")
    assert main(["doctor"]) == 1
    assert "FAIL qt: it cannot open a window:" in capsys.readouterr().out


def test_missing_libraries_are_named_with_the_command_that_installs_them(monkeypatch, capsys):
    monkeypatch.setattr(
        "digitpad.commands.system_packages.missing_packages", lambda for_tests=False: ["libegl1"]
    )
    assert main(["doctor"]) == 1
    assert "sudo apt-get install -y libegl1" in capsys.readouterr().out


def test_missing_test_images_do_no_harm(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr("digitpad.datasets.finding.shipped_asset", lambda name: None)
    monkeypatch.setattr("digitpad.datasets.finding.user_folder", lambda: tmp_path)
    monkeypatch.setattr(
        "digitpad.commands.system_packages.missing_packages", lambda for_tests=False: []
    )
    assert main(["doctor"]) == 0
    assert "FAIL data sets: MNIST is not here" in capsys.readouterr().out


def test_data_sets_are_told_where_they_are_and_broken_ones_with_why(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr("digitpad.datasets.finding.user_folder", lambda: tmp_path)
    raw = tmp_path / "USPS" / "raw"
    raw.mkdir(parents=True)
    for name in ("usps", "usps.t"):
        (raw / name).write_bytes(b"no digits\n")
    main(["doctor"])
    told = capsys.readouterr().out
    assert f"FAIL data sets: 10,000 test images of MNIST in {shipped_asset('mnist')}" in told
    assert f"{raw / 'usps.t'}, line 1: not a class and 256 pixels" in told
    assert "not here: " in told and "kmnist" in told.rpartition("not here: ")[2]


def test_weights_that_keep_no_record_are_said_to_keep_none(tmp_path, capsys):
    import torch

    torch.save({"layer.weight": torch.zeros(2)}, tmp_path / "best_model.pth")
    main(["doctor", "--weights", str(tmp_path / "best_model.pth")])
    assert "it keeps no record of how it was made" in capsys.readouterr().out


@pytest.mark.parametrize(("code", "status"), [("en", "ok   font"), ("zh_CN", "失败 字体")])
def test_a_font_for_chinese_that_is_missing_is_named_and_a_failure_to_who_wants_it(
    code, status, monkeypatch, capsys
):
    monkeypatch.setattr("digitpad.commands.system_packages.has_cjk_font", lambda: False)
    main(["doctor", "--lang", code])
    told = capsys.readouterr().out
    assert status in told
    assert "apt-get install -y fonts-noto-cjk" in told


def test_it_tells_where_settings_log_and_drawings_are(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("HOME", str(tmp_path))
    for kind in ("CONFIG", "STATE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path / kind.lower()))
    good, lines = doctor._check_folders(argparse.Namespace())
    assert good and lines == [
        "settings in ~/config/digitpad/settings.ini",
        "log in ~/state/digitpad/log/digitpad.log",
        "what was drawn last in ~/state/digitpad/journals",
    ]
    assert list(tmp_path.iterdir()) == [], "nothing is made"
    (tmp_path / "config").write_text("in the way")
    good, lines = doctor._check_folders(argparse.Namespace())
    assert not good and "cannot be written" in lines[-1]


def test_pens_cannot_be_watched_without_a_display(monkeypatch, capsys):
    monkeypatch.setattr("digitpad.app.has_display", lambda: False)
    assert main(["doctor", "--pen"]) == 1
    assert "no display" in capsys.readouterr().err
