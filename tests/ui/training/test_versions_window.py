"""The list of versions, with mouse and keys."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from digitpad.core.paths import shipped_weights
from digitpad.core.weights_record import TAUGHT
from digitpad.ink.drawing import Stroke
from digitpad.ink.kept_drawing import KeptDrawing
from digitpad.nets.spec.given_names import given_names
from digitpad.teaching.collection import Collection
from digitpad.teaching.own_drawings import digest_of_drawings
from digitpad.teaching.versions import Teaching, Version, Versions, write_teaching
from digitpad.ui.images.drawings_keeper import DrawingsKeeper
from digitpad.ui.style.theme import DARK, LIGHT
from digitpad.ui.training.versions_window import VersionsWindow
from tests.support import PATIENCE_MS
from tests.ui.training.fake_teacher import table

_AT = datetime(2026, 3, 1, 9, 30, tzinfo=timezone.utc)


def version(number: int, parent: str, **changes) -> Version:
    teaching = Teaching(
        _AT + timedelta(days=number),
        parent,
        "lenet5",
        {1: 2, 7: 1},
        f"drawings-{number}",
        table(True).figures,
    )
    path = Path(f"/versions/lenet5-{number}.safetensors")
    return Version(path, f"digest-{number}", "lenet5", "LeNet-5", replace(teaching, **changes))


FIRST, SECOND = version(1, "shipped"), version(2, "digest-1", overruled=True)


@pytest.fixture
def versions(qtbot, window):
    """The window of two versions, the newer taught from the older; the newest drawings are those of
    the second."""
    made = VersionsWindow(
        window.session, LIGHT, lambda: "drawings-2", lambda: Versions((SECOND, FIRST), ("A note.",))
    )
    qtbot.addWidget(made)
    made.show_again()
    listed(qtbot, made)
    yield made
    made.stop()


def listed(qtbot, made: VersionsWindow) -> None:
    """Wait until what was kept is listed."""
    qtbot.waitUntil(lambda: len(made.rows) > 0, timeout=PATIENCE_MS)


def test_each_tells_its_parent_what_it_was_taught_and_its_figures(versions):
    newer, older, shipped = versions.rows
    assert "taught 2026-03-03" in newer.title.text()
    assert "3 drawings: 1 ×2, 7. From LeNet-5, taught 2026-03-02" in newer.origin.text()
    assert "against the advice" in newer.origin.text()
    assert "From LeNet-5" in older.origin.text() and "My drawings 100.00 %" in older.figures.text()
    assert shipped.words.weights == shipped_weights()
    assert "A note." in versions.about_label.text()


def test_what_was_taught_other_drawings_is_older_than_these(versions):
    newer, older, _shipped = versions.rows
    assert newer.warning.text() == "" and "Older than your drawings" in older.warning.text()


def test_one_click_goes_back_and_another_compares(qtbot, versions):
    with qtbot.waitSignal(versions.use_wanted) as used:
        QTest.mouseClick(versions.rows[1].use_button, Qt.MouseButton.LeftButton)
    assert used.args == [FIRST.path]
    with qtbot.waitSignal(versions.compare_wanted) as compared:
        QTest.mouseClick(versions.rows[2].compare_button, Qt.MouseButton.LeftButton)
    assert compared.args == [shipped_weights()]


def test_keys_do_the_same(qtbot, versions):
    assert versions.focusWidget() is versions.rows[0]
    QTest.keyClick(versions.focusWidget(), Qt.Key.Key_Down)
    assert versions.focusWidget() is versions.rows[1]
    with qtbot.waitSignal(versions.use_wanted) as used:
        QTest.keyClick(versions.focusWidget(), Qt.Key.Key_Return)
    assert used.args == [FIRST.path]
    with qtbot.waitSignal(versions.compare_wanted) as compared:
        QTest.keyClick(versions.focusWidget(), Qt.Key.Key_V)
    assert compared.args == [FIRST.path]
    QTest.keyClick(versions.focusWidget(), Qt.Key.Key_Escape)
    assert not versions.isVisible()


def test_the_keyboard_stays_at_the_same_state_when_another_reads(window, versions):
    versions.rows[1].use_button.setFocus()
    window.session.client.become_ready(weights_file=str(FIRST.path))
    assert versions.rows[1].words.reads and versions.focusWidget() is versions.rows[1]


def test_the_one_that_reads_is_marked_and_the_window_says_that_it_was_taught(window, versions):
    window.session.client.become_ready(weights_file=str(SECOND.path), metadata={TAUGHT: "{}"})
    row = versions.rows[0]
    assert "reads now" in row.title.text() and row.use_button.isHidden()
    assert "LeNet-5, taught" in window.status_line.text
    window.session.client.become_ready()
    assert "taught" not in window.status_line.text


def test_one_that_is_older_than_the_drawings_says_so_when_it_reads(
    qtbot, window, monkeypatch, tmp_path
):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    with Collection.open() as collection:
        collection.add(KeptDrawing((Stroke.through([(60, 60), (200, 90)]),), 1))
        digest = digest_of_drawings(collection.all())
    looked = []
    monkeypatch.setattr(
        DrawingsKeeper,
        "do",
        lambda keeper, work, done, failed, do=DrawingsKeeper.do: do(
            keeper, work, lambda digest: (done(digest), looked.append(digest)), failed
        ),
    )
    for drawings, is_older in ((digest, False), ("others", True)):
        looked.clear()
        teaching = write_teaching(replace(FIRST.teaching, drawings=drawings))
        window.session.client.become_ready(metadata={TAUGHT: teaching})
        assert "older than your drawings" not in window.notice, "the window does not wait for it"
        qtbot.waitUntil(lambda: looked == [digest], timeout=PATIENCE_MS)
        assert ("older than your drawings" in window.notice) is is_older


def test_the_one_compared_with_is_marked(window, versions):
    from tests.ui.stubs import INFO

    window.session.open_second(FIRST.path)
    window.session.client.second_ready.emit(replace(INFO, weights_file=str(FIRST.path)))
    assert "compared now" in versions.rows[1].title.text()
    assert versions.rows[1].compare_button.isHidden()


def test_without_versions_it_says_how_they_come_to_be(qtbot, window):
    made = VersionsWindow(window.session, DARK, lambda: "", Versions)
    qtbot.addWidget(made)
    made.show_again()
    assert "Looking" in made.about_label.text()
    listed(qtbot, made)
    made.stop()
    assert "Nothing was taught" in made.about_label.text() and len(made.rows) == 1


def test_the_window_opens_it_and_reads_with_what_is_chosen(window, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    window.actions_by_name["versions"].trigger()
    opened = window.teaching.versions
    opened.use_wanted.emit(FIRST.path)
    assert window.session.client.opened == [FIRST.path]
    opened.compare_wanted.emit(SECOND.path)
    assert window.session.client.second_networks == [(SECOND.path, "")]
    window.close()
    assert not opened.isVisible()


def test_a_slow_disk_does_not_hold_the_window_up(qtbot, window):
    goes_on = threading.Event()

    def slow() -> Versions:
        assert goes_on.wait(PATIENCE_MS / 1000)
        return Versions((FIRST,))

    made = VersionsWindow(window.session, LIGHT, lambda: "", slow)
    qtbot.addWidget(made)
    made.show_again()
    window.session.client.become_ready()
    assert made.isVisible() and made.rows == []
    goes_on.set()
    qtbot.waitUntil(lambda: len(made.rows) == 2, timeout=PATIENCE_MS)
    assert made.focusWidget() is made.rows[0] and made.rows[0].title.font().bold()
    made.stop()


@pytest.fixture
def kept(qtbot, window, tmp_path):
    """The window of a version whose name is kept in a folder."""
    path = tmp_path / "one.safetensors"

    def look() -> Versions:
        return Versions((replace(FIRST, path=path, name=given_names(tmp_path).get(path.name, "")),))

    made = VersionsWindow(window.session, LIGHT, lambda: "", look)
    qtbot.addWidget(made)
    made.show_again()
    listed(qtbot, made)
    yield made
    made.stop()


@pytest.mark.parametrize("by", ["F2", "button", "menu"])
def test_a_version_is_renamed_where_it_stands(qtbot, kept, by):
    row = kept.rows[0]
    if by == "F2":
        QTest.keyClick(row, Qt.Key.Key_F2)
    elif by == "button":
        QTest.mouseClick(row.name_button, Qt.MouseButton.LeftButton)
    else:
        middle = row.rect().center()
        QApplication.sendEvent(
            row,
            QContextMenuEvent(QContextMenuEvent.Reason.Mouse, middle, row.mapToGlobal(middle)),
        )
        (menu,) = row.findChildren(QMenu)
        assert [one.text() for one in menu.actions()] == ["Use it", "Compare", "Rename"]
        menu.actions()[2].trigger()
        menu.close()
    QTest.keyClicks(row.editor, "My sevens")
    with qtbot.waitSignal(kept.renamed, timeout=PATIENCE_MS) as renamed:
        QTest.keyClick(row.editor, Qt.Key.Key_Return)
    assert renamed.args == [row.words.weights]
    qtbot.waitUntil(lambda: not kept.is_looking, timeout=PATIENCE_MS)
    qtbot.waitUntil(
        lambda: kept.rows[0].title.text().startswith("My sevens (LeNet-5, taught 2026-03-02"),
        timeout=PATIENCE_MS,
    )
    assert kept.focusWidget() is kept.rows[0]


def test_escape_leaves_the_name_and_the_window_open(kept):
    row = kept.rows[0]
    QTest.keyClick(row, Qt.Key.Key_F2)
    QTest.keyClicks(row.editor, "My sevens")
    QTest.keyClick(row.editor, Qt.Key.Key_Escape)
    assert kept.isVisible() and row.editor is None and not row.title.isHidden()
    assert "My sevens" not in row.title.text() and kept.focusWidget() is row


def test_what_came_with_digitpad_is_not_renamed(kept):
    shipped = kept.rows[-1]
    QTest.keyClick(shipped, Qt.Key.Key_F2)
    assert shipped.editor is None and shipped.name_button.isHidden()
