from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from digitpad.cli import main
from digitpad.commands import predict
from digitpad.core.paths import shipped_weights
from digitpad.ink.drawing import Stroke
from digitpad.ink.rasterize import rasterize
from digitpad.nets import digit_reader, readers
from digitpad.nets.digit_reader import DigitReader
from digitpad.nets.plain_reader import PlainReader
from digitpad.nets.rejection import RejectionRule
from tests.ui.stubs import recognition


@pytest.fixture
def pictures(tmp_path, drawings) -> dict[int, Path]:
    """Pictures of drawn digits, dark on light."""
    paths = {}
    for digit in (0, 2, 7):
        ink = rasterize([Stroke.through(stroke) for stroke in drawings[digit]], scale=2.0)
        paths[digit] = tmp_path / f"{digit}.png"
        Image.fromarray(255 - ink).save(paths[digit])
    return paths


def test_a_line_for_each_picture_in_the_order_given(pictures, capsys):
    assert main(["predict", *(str(pictures[digit]) for digit in (7, 0, 2))]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(": ")[1][0] for line in lines] == ["7", "0", "2"]
    assert lines[0].startswith(f"{pictures[7]}: 7, ")


def test_json_gives_an_object_a_line(pictures, capsys):
    assert main(["predict", "--json", str(pictures[7]), str(pictures[2])]) == 0
    seven, two = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert (seven["file"], seven["digit"], two["digit"]) == (str(pictures[7]), 7, 2)
    assert len(seven["probabilities"]) == 10 and sum(seven["probabilities"]) == pytest.approx(
        1, abs=1e-4
    )
    assert seven["probability"] == max(seven["probabilities"]) > 0.9
    assert seven["digit_like"] is True and seven["reason"] is seven["reason_code"] is None
    assert seven["device"] == "cpu" and seven["milliseconds"] > 0
    assert set(seven) == {
        "file",
        "digit",
        "probability",
        "probabilities",
        "digit_like",
        "reason",
        "reason_code",
        "milliseconds",
        "device",
    }


def test_pictures_that_cannot_be_read_are_said_and_the_others_read(pictures, tmp_path, capsys):
    (tmp_path / "text.png").write_text("seven")
    (tmp_path / "empty.png").touch()
    Image.new("L", (90, 90), 255).save(tmp_path / "blank.png")
    (tmp_path / "folder").mkdir()
    names = ["text.png", "empty.png", "blank.png", "none.png", "folder", "*.tiff"]
    assert main(["predict", *(str(tmp_path / name) for name in names), str(pictures[7])]) == 1
    told = capsys.readouterr()
    assert len(told.out.splitlines()) == 1 and ": 7, " in told.out
    errors = told.err.splitlines()
    assert len(errors) == len(names) and all(line.startswith("digitpad: ") for line in errors)


def test_json_has_a_line_for_each_picture_and_says_why_one_failed(pictures, tmp_path, capsys):
    (tmp_path / "text.png").write_text("seven")
    names = [pictures[7], tmp_path / "text.png", tmp_path / "none.png", pictures[2]]
    assert main(["predict", "--json", *map(str, names)]) == 1
    told = capsys.readouterr()
    lines = [json.loads(line) for line in told.out.splitlines()]
    assert [line["file"] for line in lines] == [str(name) for name in names]
    assert [line.get("digit") for line in lines] == [7, None, None, 2]
    for line, error in zip(lines[1:3], told.err.splitlines(), strict=True):
        assert set(line) == {"file", "error"} and error == f"digitpad: {line['error']}"


@pytest.mark.parametrize(("share", "is_told"), [(0.9996, False), (0.999, True)])
def test_the_next_answer_is_told_where_it_has_a_share(
    share, is_told, pictures, capsys, monkeypatch
):
    answer = recognition(7, share, second=1)
    monkeypatch.setattr(DigitReader, "recognize", lambda self, digit: answer)
    assert main(["predict", str(pictures[7])]) == 0
    assert ("; then 1, 0.1 %" in capsys.readouterr().out) is is_told


def test_what_is_no_digit_is_doubted(pictures, capsys, monkeypatch):
    monkeypatch.setattr(digit_reader, "RejectionRule", lambda _: RejectionRule(threshold=1e9))
    assert main(["predict", str(pictures[7])]) == 0
    assert "(not a digit? " in capsys.readouterr().out
    main(["predict", "--json", str(pictures[7])])
    answer = json.loads(capsys.readouterr().out)
    assert answer["digit_like"] is False and answer["reason"] == "unlike any digit"
    assert answer["reason_code"] == "unlike_any"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names of files are text")
def test_a_name_that_is_no_text_is_read_and_told_as_well_as_can_be(pictures, tmp_path, monkeypatch):
    name = os.fsdecode(b"sev\xffen.png")
    (tmp_path / name).write_bytes(pictures[7].read_bytes())
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, encoding="utf-8"))
    assert main(["predict", str(tmp_path / name)]) == 0
    sys.stdout.flush()
    assert b"sev\\udcffen.png: 7" in written.getvalue()


def test_it_says_what_it_is(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["predict", "--help"])
    assert ended.value.code == 0
    told = capsys.readouterr().out
    assert (
        predict.__doc__.split(":")[0] in told
        and "--json" in told
        and np.all([w in told for w in ("cpu", "cuda")])
    )


def test_folders_and_patterns_stand_for_the_pictures_in_them(pictures, tmp_path, capsys):
    folder = pictures[7].parent
    assert main(["predict", str(folder)]) == 0
    told = capsys.readouterr().out.splitlines()
    assert len(told) == len(pictures) and str(folder) in told[0]
    assert main(["predict", str(folder / "[27].png")]) == 0
    assert [line.split(": ")[1][0] for line in capsys.readouterr().out.splitlines()] == ["2", "7"]


def test_several_digits_are_told_from_left_to_right_with_their_places(tmp_path, drawings, capsys):
    strokes = [*drawings[7], *[stroke + np.array([150, 0]) for stroke in drawings[2]]]
    sheet = rasterize([Stroke.through(stroke, 18) for stroke in strokes], size=430)
    Image.fromarray(255 - sheet[:280]).save(tmp_path / "two.png")
    assert main(["predict", "--json", str(tmp_path / "two.png")]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["number"] == "72" and len(told["digits"]) == 2
    assert told["digits"][0]["box"][0] < told["digits"][1]["box"][0]


def test_rows_of_numbers_are_pictures_each(tmp_path, test_set, capsys):
    rows = test_set.digits[:3].reshape(3, 784)
    np.savetxt(tmp_path / "rows.csv", rows, fmt="%d", delimiter=",")
    np.save(tmp_path / "rows.npy", rows / np.float32(255))
    for name in ("rows.csv", "rows.npy"):
        assert main(["predict", "--json", str(tmp_path / name)]) == 0
        told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        assert [one["digit"] for one in told] == test_set.labels[:3].tolist()


def test_activations_are_kept_as_they_are_shown(pictures, tmp_path, capsys):
    recognizer = PlainReader(shipped_weights())
    out = tmp_path / "seven.npz"
    assert main(["predict", str(pictures[7]), "--activations", str(out)]) == 0
    assert capsys.readouterr().out.startswith(f"{pictures[7]}: 7, ")
    told = json.loads(out.with_suffix(".json").read_text())
    with np.load(out) as kept:
        assert set(kept) == {
            "digit",
            "logits",
            "probabilities",
            *(layer.name for layer in recognizer.info.layers),
        }
        read = recognizer.recognize(kept["digit"])
        for name, shown in read.activations.items():
            assert np.array_equal(kept[name], shown) and kept[name].dtype == np.float32
        assert np.array_equal(kept["logits"], read.logits)
    assert told["answer"] == "7" and told["accepted"] is True and told["arrays"] == "seven.npz"
    shapes = {layer["name"]: tuple(layer["shape"]) for layer in told["layers"]}
    assert shapes == {layer.name: layer.shape for layer in recognizer.info.layers}


def test_activations_are_those_of_one_picture(pictures, tmp_path, capsys):
    out = str(tmp_path / "out.npz")
    assert main(["predict", str(pictures[7]), str(pictures[2]), "--activations", out]) == 1
    assert "takes one picture, not 2" in capsys.readouterr().err
    both = np.concatenate([np.array(Image.open(pictures[digit])) for digit in (7, 2)], axis=1)
    Image.fromarray(both).save(tmp_path / "both.png")
    assert main(["predict", str(tmp_path / "both.png"), "--activations", out]) == 1
    assert "takes one digit" in capsys.readouterr().err
    assert main(["predict", str(pictures[7]), "--activations", str(tmp_path / "out.txt")]) == 1
    assert "should end in .npz" in capsys.readouterr().err
    assert list(tmp_path.glob("out.*")) == []


def test_shipped_networks_are_read_without_torch(pictures):
    code = (
        "import sys; from digitpad.cli import main\n"
        "for net in ('lenet5', 'lenet5-1998'):\n"
        "    assert main(['predict', '--net', net, *sys.argv[1:]]) == 0\n"
        "assert 'torch' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code, *map(str, pictures.values())], check=True)


def test_without_torch_what_needs_it_says_how_to_get_it(pictures, monkeypatch, capsys):
    monkeypatch.setattr(readers, "has_torch", lambda: False)
    assert main(["predict", str(pictures[7])]) == 0
    assert main(["predict", "--device", "cuda", str(pictures[7])]) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and "cuda" in said and "pip install digitpad" in said
