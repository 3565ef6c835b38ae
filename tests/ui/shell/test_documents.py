from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, Qt, QTimer, QUrl
from PySide6.QtWidgets import QFileDialog, QMessageBox

from digitpad.core.files import digest_of
from digitpad.core.paths import shipped_weights
from digitpad.core.results import Unit
from digitpad.ink import strokes_file
from digitpad.ink.drawing import Drawing, PlacedPicture, Stroke
from digitpad.ink.journal import Journal
from digitpad.ink.kept_drawing import KeptDrawing
from digitpad.ink.strokes_file import Sample, read_drawings, write_drawings
from digitpad.ui.shell import document_view
from digitpad.ui.shell.keeping import KEPT_ENDING
from digitpad.ui.shell.samples import draw_sample
from digitpad.ui.shell.settings_store import SettingsStore
from tests.support import PATIENCE_MS, full_disk, read_only, write_samples
from tests.ui.windows import draw, dropped, read

SEVEN = Stroke.through([(60, 60), (200, 60), (120, 230)], 20)
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
BUTTON = QMessageBox.StandardButton


@pytest.fixture
def file(tmp_path, monkeypatch) -> Path:
    """What the dialogs for saving answer."""
    path = tmp_path / "seven.digitpad"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a, **k: (str(path), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *a, **k: ([str(path)], ""))
    return path


@pytest.fixture(autouse=True)
def asked(monkeypatch) -> list:
    """The questions that were asked, after what is to be answered, which nobody waits for."""
    heard: list = [BUTTON.Discard]

    def question(parent, title, text, *buttons):
        heard.append(text)
        return heard[0]

    monkeypatch.setattr(QMessageBox, "question", question)
    return heard


def test_a_drawing_is_saved_and_opened_whole(qtbot, window, file):
    pad = window.session.pad
    draw(window)
    pad.set_pen_width(31)
    draw(window, (60, 60), (200, 80))
    pad.set_erasing(True)
    draw(window, (100, 100), (180, 100))
    marks, ink = pad.drawing.marks, pad.ink.copy()
    qtbot.keyClick(window, Qt.Key.Key_S, CONTROL)
    assert str(file) in window.notice and window.documents.is_saved
    qtbot.keyClick(window, Qt.Key.Key_N, CONTROL)
    assert pad.is_empty and window.documents.name == ""
    qtbot.keyClick(window, Qt.Key.Key_O, CONTROL)
    opened = pad.drawing.marks
    assert np.array_equal(pad.ink, ink)
    assert [(mark.width, mark.erases) for mark in opened] == [
        (mark.width, mark.erases) for mark in marks
    ]
    assert all(np.array_equal(a.points, b.points) for a, b in zip(opened, marks, strict=True))
    assert window.documents.file == file


def test_the_title_says_what_is_open_and_whether_it_changed(qtbot, window, file):
    draw(window)
    assert window.windowTitle() == "Digitpad" and not window.isWindowModified()
    qtbot.keyClick(window, Qt.Key.Key_S, CONTROL)
    assert window.windowTitle() == "seven.digitpad[*] — Digitpad"
    assert not window.isWindowModified()
    draw(window, (50, 50), (60, 60))
    assert window.isWindowModified()
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    assert not window.isWindowModified()
    read(qtbot, window, 7)
    window.session.flush()
    qtbot.waitUntil(lambda: window.windowTitle() == "seven.digitpad[*] — 7 — Digitpad")


def test_a_drawing_after_clearing_one_that_is_saved_is_another(qtbot, window, file, asked):
    draw(window)
    qtbot.keyClick(window, Qt.Key.Key_S, CONTROL)
    content = file.read_bytes()
    window.actions_by_name["clear"].trigger()
    assert window.windowTitle() == "Digitpad" and window.documents.file is None
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    assert window.documents.file == file and window.documents.is_saved
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL | SHIFT)
    draw(window, (50, 50), (60, 60))
    other = file.with_name("other.digitpad")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(QFileDialog, "getSaveFileName", lambda *a, **k: (str(other), ""))
        qtbot.keyClick(window, Qt.Key.Key_S, CONTROL)
    assert window.documents.file == other and file.read_bytes() == content
    assert len(asked) == 1, "nothing was lost"


@pytest.fixture
def another(window, tmp_path) -> dict[str, Callable[[], object]]:
    """What puts another drawing in the place of the one on the pad."""

    def bring_back() -> None:
        kept = Journal.create(tmp_path)
        drawing = Drawing()
        drawing.add(SEVEN)
        kept.begin_with(drawing, lambda why: None)
        kept.let_go()
        kept.path.rename(kept.path.with_suffix(KEPT_ENDING))
        if window.lifetime.keeping is None:
            window.lifetime.keep(tmp_path)
        window._controller.bring_back()

    return {
        "sample": window.actions_by_name["example"].trigger,
        "digit": lambda: draw_sample(window.session, 4),
        "picture": lambda: window.session.put_on_pad(np.full((28, 28), 90, np.uint8)),
        "kept": lambda: window.session.pad.show_marks([SEVEN]),
        "back": bring_back,
    }


REPLACING = pytest.mark.parametrize("what", ["sample", "digit", "picture", "kept", "back"])


@REPLACING
def test_what_takes_a_saved_drawings_place_never_takes_its_files(
    qtbot, window, file, another, asked, what
):
    draw(window)
    qtbot.keyClick(window, Qt.Key.Key_S, CONTROL)
    content = file.read_bytes()
    another[what]()
    assert len(window.session.pad.drawing) and window.documents.file is None
    other = file.with_name("other.digitpad")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(QFileDialog, "getSaveFileName", lambda *a, **k: (str(other), ""))
        qtbot.keyClick(window, Qt.Key.Key_S, CONTROL)
    assert window.documents.file == other and file.read_bytes() == content
    assert len(asked) == 1, "nothing was lost"


@REPLACING
def test_it_is_asked_for_a_file_where_what_was_not_saved_yet_gave_way(
    qtbot, window, file, another, what
):
    draw(window)
    qtbot.keyClick(window, Qt.Key.Key_S, CONTROL)
    draw(window, (50, 50), (60, 60))
    content, proposed = file.read_bytes(), []
    another[what]()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            QFileDialog, "getSaveFileName", lambda _w, _t, new, *a: (proposed.append(new) or "", "")
        )
        qtbot.keyClick(window, Qt.Key.Key_S, CONTROL)
    assert file.read_bytes() == content and Path(proposed[0]).name != file.name
    window.session.pad.undo()
    assert window.documents.file == file and window.documents.is_changed


def test_what_is_added_to_a_saved_drawing_is_saved_with_it(qtbot, window, file):
    draw(window)
    qtbot.keyClick(window, Qt.Key.Key_S, CONTROL)
    draw(window, (50, 50), (60, 60))
    qtbot.keyClick(window, Qt.Key.Key_S, CONTROL)
    assert len(read_drawings(file)[0].marks) == 2 and window.documents.file == file


def test_clearing_what_is_not_saved_yet_leaves_its_file_open(qtbot, window, file):
    draw(window)
    qtbot.keyClick(window, Qt.Key.Key_S, CONTROL)
    draw(window, (50, 50), (60, 60))
    window.actions_by_name["clear"].trigger()
    assert window.documents.file == file and window.documents.is_changed


def test_a_scratch_is_never_asked_about(qtbot, window, file, asked):
    draw(window)
    write_drawings(file, [KeptDrawing((Stroke.through([(1, 2), (3, 4)]),))])
    qtbot.keyClick(window, Qt.Key.Key_O, CONTROL)
    window.documents.begin_anew()
    assert window.close() and len(asked) == 1


def test_to_open_is_one_step_that_undo_takes_back(window, file):
    draw(window)
    before = window.session.pad.drawing.marks
    write_drawings(file, [KeptDrawing((Stroke.through([(1, 2), (3, 4)]),))])
    window.documents.open(file)
    assert len(window.session.pad.drawing) == 1 and not window.documents.is_changed
    window.session.pad.undo()
    assert window.session.pad.drawing.marks == before and window.documents.file is None
    window.session.pad.redo()
    assert window.documents.file == file and window.documents.is_saved


@pytest.mark.parametrize(
    ("answer", "closes", "is_written"),
    [(BUTTON.Cancel, False, False), (BUTTON.Discard, True, False), (BUTTON.Save, True, True)],
)
def test_what_a_file_does_not_hold_is_not_lost_without_asking(
    window, file, asked, answer, closes, is_written
):
    asked[0] = answer
    draw(window)
    window.documents.save()
    draw(window, (50, 50), (60, 60))
    assert window.close() is closes
    assert len(asked) == 2 and "seven.digitpad" in asked[1]
    assert len(read_drawings(file)[0].marks) == (2 if is_written else 1)
    asked[0] = BUTTON.Discard


@pytest.mark.parametrize("what", ["new", "open", "back"])
def test_another_drawing_takes_its_place_only_where_the_person_says_so(window, file, asked, what):
    asked[0] = BUTTON.Cancel
    draw(window)
    window.documents.save()
    draw(window, (50, 50), (60, 60))
    marks = window.session.pad.drawing.marks
    {
        "new": window.documents.begin_anew,
        "open": lambda: window.documents.open(file),
        "back": lambda: window.lifetime.keep(file.parent) or window._controller.bring_back(),
    }[what]()
    assert len(asked) == 2 and window.session.pad.drawing.marks == marks
    asked[0] = BUTTON.Discard


def test_a_scratch_that_nothing_keeps_is_asked_about_at_the_end(window, file, asked):
    asked[0] = BUTTON.Cancel
    (file.parent / "journals").write_text("")
    window.lifetime.keep(file.parent / "journals")
    assert "not written down" in window.notice
    assert window.documents.may_end(), "an empty pad"
    draw(window)
    assert not window.close() and len(asked) == 2
    window.lifetime.close_at_once()
    assert not window.isVisible()


def test_a_drawing_that_was_kept_comes_back_with_its_file(window, file, asked, qtbot, tmp_path):
    window.lifetime.keep(tmp_path / "journals")
    draw(window)
    window.documents.save()
    draw(window, (50, 50), (60, 60))
    window.lifetime.keeping.journal.let_go()
    window.documents.restore("", ())
    window.session.pad.start(Drawing())
    window.lifetime.keep(tmp_path / "journals")
    assert window.offer_bar.isVisible() and window.documents.name == "seven.digitpad"
    assert window.documents.is_changed
    window.lifetime.close_at_once()
    assert len(asked) == 1


def test_dropped_drawings_are_opened(window, file):
    write_drawings(file, [KeptDrawing((Stroke.through([(10, 20), (30, 40)]),))])
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    assert dropped(window, mime)
    assert len(window.session.pad.drawing) == 1 and window.documents.file == file


def test_version_1_is_read_and_of_many_drawings_the_first_is_shown(window, tmp_path):
    strokes = (np.array([[0, 0], [10, 20]], np.float32),)
    one, many = tmp_path / "one.json", tmp_path / "many.json.gz"
    write_samples(one, [Sample(7, strokes)])
    write_samples(many, [Sample(7, strokes)] * 3)
    window.documents.open(one)
    assert window.documents.file == one and len(window.session.pad.drawing) == 1
    window.documents.open(many)
    assert window.documents.file is None, "saved in its place, the others would be lost"
    assert "3 drawings" in window.notice


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"\0" * 99,
        b'{"format": "digitpad-strokes"}',
        b'{"format": "digitpad-strokes", "version": 3, "samples": []}',
        b"[" * 3_000,
    ],
)
def test_what_cannot_be_opened_is_said_and_changes_nothing(window, file, content, monkeypatch):
    monkeypatch.setattr(strokes_file, "_MAX_FILE_BYTES", 2_000)
    draw(window)
    marks = window.session.pad.drawing.marks
    file.write_bytes(content)
    window.documents.open(file)
    assert str(file) in window.notice and window.session.pad.drawing.marks == marks
    assert "\n" not in window.notice and window.documents.file is None
    assert file.read_bytes() == content


def test_what_cannot_be_written_is_said_and_still_counts_as_changed(window, file, tmp_path):
    draw(window)
    file.mkdir()
    assert not window.documents.save()
    assert "directory" in window.notice and window.documents.file is None


@pytest.mark.parametrize("trouble", ["full", "read-only"])
def test_where_nothing_can_be_written_the_old_file_stays_whole(window, file, trouble):
    draw(window)
    assert window.documents.save()
    before = file.read_bytes()
    draw(window)
    with full_disk() if trouble == "full" else read_only(file.parent):
        assert not window.documents.save()
    assert "cannot be written" in window.notice and "\n" not in window.notice
    assert file.read_bytes() == before and window.documents.is_changed
    assert [path.name for path in file.parent.iterdir()] == [file.name]
    assert window.documents.save() and file.read_bytes() != before


def test_without_a_home_folder_a_new_file_is_proposed_somewhere(window, file, monkeypatch):
    monkeypatch.delenv("HOME", raising=False)
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    proposed: list[str] = []

    def ask(parent, title, name, *rest):
        proposed.append(name)
        return str(file), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    draw(window)
    assert window.documents.save()
    assert Path(proposed[0]).is_absolute() and proposed[0].endswith(".digitpad")


def test_a_name_without_its_ending_gets_it(window, tmp_path, monkeypatch, asked):
    asked[0] = BUTTON.No
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a, **k: (str(tmp_path / "x"), ""))
    draw(window)
    assert window.documents.save() and (tmp_path / "x.digitpad").is_file()
    assert not window.documents.save_as() and len(asked) == 2, "it is there"


def test_what_read_it_what_is_open_and_the_unit_are_kept_and_shown_again(qtbot, window, file):
    window.session.client.become_ready(weights_file=str(shipped_weights()))
    draw(window)
    read(qtbot, window, 7)
    qtbot.waitUntil(lambda: bool(window.documents.view.reading().network), timeout=PATIENCE_MS)
    layer = window.session.layers[2]
    window.session.selection.pin(Unit(layer, 3, 2, 1))
    window.session.selection.open_tool("history")
    window.documents.save()
    (kept,) = read_drawings(file)
    assert kept.reading.answer == 7 and kept.reading.network == digest_of(shipped_weights())
    window.session.selection.clear()
    window.session.selection.open_tool("")
    window.documents.open(file)
    assert window.session.selection.tool == "history"
    assert window.session.selection.pinned == Unit(layer, 3, 2, 1)
    assert "Another network" not in window.notice


def test_opened_with_another_network_it_is_said_in_a_line(qtbot, window, file, tmp_path):
    window.session.client.become_ready(weights_file=str(shipped_weights()))
    draw(window)
    read(qtbot, window, 7)
    qtbot.waitUntil(lambda: bool(window.documents.view.reading().network), timeout=PATIENCE_MS)
    window.documents.save()
    window.session.client.become_ready(weights_file=str(shipped_weights("lenet5-relu")))
    window.documents.open(file)
    qtbot.waitUntil(
        lambda: "Another network read seven.digitpad" in window.notice, timeout=PATIENCE_MS
    )


def test_weights_on_a_slow_disk_do_not_hold_the_window_up(qtbot, window, file, monkeypatch):
    goes_on = threading.Event()

    def slow(path: Path, is_wanted: Callable[[], bool]) -> str:
        assert goes_on.wait(PATIENCE_MS / 1000)
        return digest_of(path, is_wanted)

    monkeypatch.setattr(document_view, "digest_of", slow)
    window.session.client.become_ready(weights_file=str(shipped_weights()))
    draw(window)
    read(qtbot, window, 7)
    window.documents.save()
    (kept,) = read_drawings(file)
    assert kept.reading.answer == 7 and kept.reading.network == ""
    goes_on.set()
    digest = digest_of(shipped_weights())
    qtbot.waitUntil(lambda: window.documents.view.reading().network == digest, timeout=PATIENCE_MS)


def test_a_unit_that_this_network_has_not_is_left_out(window, file):
    view = {"layer": "C1", "map": 99, "row": 0, "column": 0, "tool": "no such tool"}
    write_drawings(file, [KeptDrawing((Stroke.through([(1, 2), (3, 4)]),), view=view)])
    window.documents.open(file)
    assert window.session.selection.pinned is None and window.session.selection.tool == ""


@pytest.mark.parametrize("ending", ["svg", "png"])
def test_a_picture_of_the_drawing_alone_is_saved(qtbot, window, tmp_path, monkeypatch, ending):
    out = tmp_path / f"seven.{ending}"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a, **k: (str(out), ""))
    draw(window)
    qtbot.keyClick(window, Qt.Key.Key_S, CONTROL | SHIFT)
    content = out.read_bytes()
    assert (b"<path" in content) if ending == "svg" else content.startswith(b"\x89PNG")


def test_recent_files_are_in_a_menu_and_one_that_went_away_is_said(window, file):
    store = SettingsStore()
    window.documents.use_settings(store)
    menu = window.documents.recent_menu
    menu.aboutToShow.emit()
    assert not menu.actions()[0].isEnabled()
    draw(window)
    window.documents.save()
    window.documents.begin_anew()
    menu.aboutToShow.emit()
    (action,) = menu.actions()
    assert action.text() == "seven.digitpad" and action.toolTip() == str(file)
    action.trigger()
    assert window.documents.file == file and len(window.session.pad.drawing) == 1
    file.unlink()
    menu.aboutToShow.emit()
    menu.actions()[0].trigger()
    assert "is not there any more" in window.notice and store.values.recent == ()


def test_a_placed_picture_is_saved_too(window, file):
    window.session.pad.place_picture(np.arange(12, dtype=np.uint8).reshape(3, 4))
    window.documents.save()
    (mark,) = read_drawings(file)[0].marks
    assert isinstance(mark, PlacedPicture) and mark.ink.tolist() == [
        [0, 1, 2, 3],
        [4, 5, 6, 7],
        [8, 9, 10, 11],
    ]


def test_what_a_drawing_really_is_is_kept_until_it_is_another_drawing(window, file):
    draw(window)
    window.session.name_drawing("7", "My drawings")
    window.documents.save()
    assert read_drawings(file)[0].label == 7
    window.documents.begin_anew()
    window.documents.open(file)
    assert window.session.label.name == "7"
    draw(window, (50, 50), (60, 60))
    window.documents.save()
    assert read_drawings(file)[0].label is None


def test_the_end_of_the_system_does_not_wait_for_an_answer(qtbot, window, file, monkeypatch):
    monkeypatch.undo()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a, **k: (str(file), ""))
    draw(window)
    window.documents.save()
    draw(window, (50, 50), (60, 60))
    # While the question stands open.
    QTimer.singleShot(200, window.lifetime.close_at_once)
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=PATIENCE_MS)


def test_a_new_file_is_proposed_beside_the_one_before(window, file, monkeypatch):
    asked_in: list[str] = []
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *a: asked_in.append(a[2]) or (str(file), "")
    )
    window.documents.use_settings(SettingsStore())
    draw(window)
    window.documents.save()
    window.documents.begin_anew()
    window.documents.save()
    assert Path(asked_in[1]) == file.parent / "drawing.digitpad"
