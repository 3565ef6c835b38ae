from __future__ import annotations

import json
from pathlib import Path

import pytest

from digitpad.core.errors import DigitpadError
from digitpad.nets.spec.opened_networks import MOST_OPENED, OpenedFile, OpenedList


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    return tmp_path / "digitpad"


def opened(name: str, net: str = "") -> OpenedFile:
    return OpenedFile(Path("/some") / name, net, "Net", 1000)


def test_the_newest_comes_first_and_each_stands_once():
    listed = OpenedList()
    assert listed.read() == []
    for name in ("a.pth", "b.pth", "a.pth"):
        listed.add(opened(name))
    listed.add(opened("a.pth", "net.py:Net"))
    assert listed.read() == [opened("a.pth", "net.py:Net"), opened("a.pth"), opened("b.pth")]
    listed.remove(opened("a.pth"))
    assert OpenedList().read() == [opened("a.pth", "net.py:Net"), opened("b.pth")]


def test_only_so_many_are_kept():
    for number in range(MOST_OPENED + 3):
        OpenedList().add(opened(f"{number}.pth"))
    assert len(OpenedList().read()) == MOST_OPENED


def test_names_that_are_no_text_come_back():
    OpenedList().add(opened("\udcff.pth"))
    assert OpenedList().read() == [opened("\udcff.pth")]


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", "[" * 90_000, '{"opened": 3}', '{"opened": [1, null, {"weights": "a"}]}'],
)
def test_a_damaged_list_is_empty_and_written_anew(folder, content):
    folder.mkdir()
    (folder / "opened.json").write_text(content)
    assert OpenedList().read() == []
    OpenedList().add(opened("a.pth"))
    assert OpenedList().read() == [opened("a.pth")]


@pytest.mark.parametrize(
    "damage",
    [
        {"weights": "a.pth"},
        {"weights": "/a\0"},
        {"weights": ""},
        {"weights": "/" + "a" * 9000},
        {"net": 3},
        {"title": None},
        {"parameters": -1},
        {"parameters": 1.5},
        {"parameters": 10**400},
    ],
)
def test_an_entry_that_makes_no_sense_is_left_out(folder, damage):
    OpenedList().add(opened("a.pth"))
    path = folder / "opened.json"
    (entry,) = json.loads(path.read_text())["opened"]
    path.write_text(json.dumps({"opened": [{**entry, **damage}, entry]}))
    assert OpenedList().read() == [opened("a.pth")]


def test_a_file_or_program_that_is_gone_is_named(tmp_path):
    weights, program = tmp_path / "a.pth", tmp_path / "net.py"
    file = OpenedFile(weights, f"{program}:Net", "Net", 3)
    assert file.missing == weights
    weights.touch()
    assert file.missing == program == file.program
    program.touch()
    assert file.missing is None
    assert OpenedFile(weights, "lenet5-max", "Net", 3).program is None


def test_a_folder_that_cannot_be_written_is_said(folder):
    folder.write_text("")
    with pytest.raises(DigitpadError, match="cannot be written"):
        OpenedList().add(opened("a.pth"))
