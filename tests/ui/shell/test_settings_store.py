from __future__ import annotations

from pathlib import Path

import pytest

from digitpad.ui.shell.settings import Settings, StepsState
from digitpad.ui.shell.settings_store import SettingsStore
from tests.support import full_disk, read_only


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.ini"


def kept(file: Path, **values: object) -> None:
    store = SettingsStore(file)
    store.change(**values)
    store.save()


def test_what_is_set_is_there_at_the_next_start(qtbot, file):
    values = {
        "theme": "dark",
        "pen_width": 31.5,
        "fingers_draw": True,
        "place": (-5, 20, 900, 600),
        "network": "/nets/ä, b.pth",
        "recent": ("/one",),
    }
    kept(file, **values)
    assert SettingsStore(file).values == Settings(**values)
    kept(file, recent=("/a, b", "/c=d"))
    assert SettingsStore(file).values.recent == ("/a, b", "/c=d")


def test_without_a_file_nothing_is_written(qtbot, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    store = SettingsStore()
    store.change(theme="dark")
    store.save()
    assert store.values.theme == "dark" and list(tmp_path.iterdir()) == []


def test_it_is_written_by_itself_and_names_what_changed(qtbot, file, monkeypatch):
    monkeypatch.setattr("digitpad.ui.shell.settings_store.SAVE_MS", 1)
    store = SettingsStore(file)
    with qtbot.waitSignal(store.changed) as told:
        store.change(theme="dark", pen_width=store.values.pen_width)
    assert told.args == [{"theme"}]
    qtbot.waitUntil(file.exists)


def test_two_windows_do_not_undo_each_other(qtbot, file):
    one, other = SettingsStore(file), SettingsStore(file)
    one.change(theme="dark")
    one.save()
    other.change(pen_width=30.0)
    other.save()
    values = SettingsStore(file).values
    assert (values.theme, values.pen_width) == ("dark", 30.0)


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"\0\1\2 garbage \xff", "damaged"),
        (b'{\n  "theme": "dark"\n}', "damaged"),
        (b"[General]\ntheme=dark\n[half", None),
        (b"x=" + b"y" * (1 << 20), "damaged"),
        (b"[General]\nversion=7\ntheme=dark\n", "newer"),
        (b"", None),
    ],
)
def test_a_file_that_cannot_be_used_is_set_aside_and_said_in_a_line(qtbot, file, content, word):
    file.parent.mkdir()
    file.write_bytes(content)
    store = SettingsStore(file)
    if word is None:
        assert store.trouble == "" and file.exists()
        return
    assert word in store.trouble and "\n" not in store.trouble
    assert store.values == Settings() and not file.exists()
    assert file.with_suffix(".aside.ini").read_bytes() == content
    kept(file, theme="dark")
    assert SettingsStore(file).values.theme == "dark"


def test_a_second_damage_leaves_what_was_set_aside_first(qtbot, file):
    file.parent.mkdir()
    for number in (1, 2):
        file.write_bytes(b"\0garbage %d" % number)
        assert "damaged" in SettingsStore(file).trouble
    names = ["settings.aside-2.ini", "settings.aside.ini"]
    assert sorted(path.name for path in file.parent.iterdir()) == names
    assert file.with_suffix(".aside.ini").read_bytes().endswith(b"1")


def test_a_folder_in_its_place_is_set_aside_too(qtbot, file):
    file.mkdir(parents=True)
    assert "damaged" in SettingsStore(file).trouble and not file.exists()


@pytest.mark.parametrize("trouble", ["full", "read-only"])
def test_where_nothing_can_be_written_it_is_said_once_and_the_old_file_stays(qtbot, file, trouble):
    kept(file, theme="dark")
    before = file.read_bytes()
    said: list[str] = []
    with full_disk() if trouble == "full" else read_only(file.parent):
        store = SettingsStore(file)
        store.said.connect(said.append)
        for theme in ("system", "light"):
            store.change(theme=theme)
            store.save()
    assert len(said) == 1 and "\n" not in said[0] and store.values.theme == "light"
    assert file.read_bytes() == before


@pytest.mark.parametrize("content", [b"\0garbage", b"[General]\nversion=7\ntheme=dark\n"])
def test_what_cannot_be_set_aside_is_never_written_over(qtbot, file, content):
    file.parent.mkdir()
    file.write_bytes(content)
    with read_only(file.parent):
        store = SettingsStore(file)
        store.change(theme="dark")
        store.save()
        assert store.trouble and "\n" not in store.trouble
    store.change(theme="light")
    store.save()
    assert file.read_bytes() == content


def test_what_stands_in_the_way_of_its_folder_is_said_once(qtbot, tmp_path):
    (tmp_path / "config").write_text("a file where a folder should be")
    store = SettingsStore(tmp_path / "config" / "settings.ini")
    said: list[str] = []
    store.said.connect(said.append)
    for theme in ("dark", "light"):
        store.change(theme=theme)
        store.save()
    assert len(said) == 1 and store.values.theme == "light"


def test_no_home_folder_is_said(qtbot, monkeypatch):
    monkeypatch.delenv("XDG_CONFIG_HOME")
    monkeypatch.setattr("os.path.expanduser", lambda path: path)
    store = SettingsStore.of_person()
    assert store.file is None and "home" in store.trouble


def test_recent_files_are_few_and_the_newest_first(qtbot):
    store = SettingsStore()
    for number in (*range(15), 9):
        store.note_recent(Path(f"/drawings/{number}.digitpad"))
    assert [Path(one).stem for one in store.values.recent] == [
        "9", "14", "13", "12", "11", "10", "8", "7", "6", "5",
    ]  # fmt: skip
    store.drop_recent(Path("/drawings/14.digitpad"))
    assert len(store.values.recent) == 9


def test_a_reset_leaves_what_was_opened_and_where_the_window_is(qtbot):
    store = SettingsStore()
    kept = {"recent": ("/a",), "place": (1, 2, 900, 600), "first_steps": StepsState.OVER}
    store.change(theme="dark", **kept)
    store.reset()
    assert store.values == Settings(**kept)


def test_whether_somebody_was_here_before_is_known_by_the_file(tmp_path):
    file = tmp_path / "settings.ini"
    first = SettingsStore(file)
    first.change(first_steps=StepsState.SHOWN, steps_done=("draw",))
    first.save()
    again = SettingsStore(file)
    assert first.is_first and not again.is_first and not SettingsStore().is_first
    assert again.values.first_steps is StepsState.SHOWN and again.values.steps_done == ("draw",)
