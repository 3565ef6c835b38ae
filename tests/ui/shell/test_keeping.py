from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from digitpad.ink import journal
from digitpad.ink.drawing import PlacedPicture
from digitpad.ink.journal import ASIDE, read_journal
from digitpad.ink.journal_records import head, line_of
from digitpad.ui.pad.pad_model import PadModel
from digitpad.ui.shell.keeping import KEPT_ENDING, Keeping
from digitpad.ui.shell.notice import Notice
from digitpad.ui.shell.offer_bar import OfferBar
from tests.support import full_disk, read_only


class Run:
    """A program that keeps what is drawn, from its start on."""

    def __init__(self, qtbot, folder: Path, may_restore: bool = True, drawn: int = 0) -> None:
        self._qtbot = qtbot
        self.stage = QWidget()
        qtbot.addWidget(self.stage)
        self.stage.resize(800, 600)
        self.stage.show()
        self.pad, self.bar = PadModel(), OfferBar(self.stage, Notice(self.stage))
        self.bar.set_place(self.stage.rect(), 1.0)
        self.keeping = Keeping(self.pad, folder, self.bar, self.stage)
        self.said: list[str] = []
        self.restored: list[tuple[str, tuple]] = []
        self.keeping.said.connect(self.said.append)
        self.keeping.restored.connect(lambda *told: self.restored.append(told))
        self.draw(drawn)
        self.keeping.begin(may_restore)

    def draw(self, count: int = 1) -> None:
        for number in range(count):
            self.pad.begin("mouse", 20 + 9 * number, 30, 0.5, False)
            self.pad.end("mouse", 100, 200, 0.5)

    def press(self, words: str) -> None:
        (button,) = [one for one in self.bar.buttons if one.text() == words]
        self._qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def die(self) -> None:
        """End as a kill does: the lock is gone, and nothing more is written."""
        if self.keeping.journal is not None:
            self.keeping.journal.let_go()
        if self.keeping._offered is not None:
            self.keeping._offered.journal.let_go()

    @property
    def offers(self) -> list[str]:
        return [] if self.bar.isHidden() else [button.text() for button in self.bar.buttons]


@pytest.fixture
def run(qtbot, tmp_path):
    runs: list[Run] = []

    def start(**how: object) -> Run:
        runs.append(Run(qtbot, tmp_path / "journals", **how))
        return runs[-1]

    yield start
    for one in runs:
        one.keeping.end(is_saved=True)


def files(tmp_path: Path, ending: str) -> list[Path]:
    return list((tmp_path / "journals").glob(f"*{ending}"))


def test_after_an_end_that_nobody_meant_the_drawing_is_back_with_its_history(run):
    first = run()
    first.draw(3)
    first.pad.undo()
    first.pad.place_picture(first.pad.ink.copy())
    first.die()
    again = run()
    assert [type(mark) for mark in again.pad.drawing.marks] == [PlacedPicture]
    assert (again.pad.ink == first.pad.ink).all()
    assert again.offers == ["Keep it", "Start empty"] and "is back" in again.bar.text
    again.pad.undo()
    assert len(again.pad.drawing) == 2 and again.pad.drawing.can_undo
    again.pad.undo()
    again.pad.redo()
    assert len(again.pad.drawing) == 2


def test_it_can_be_refused_and_is_still_not_lost(run):
    first = run()
    first.draw(2)
    first.die()
    again = run()
    again.press("Start empty")
    assert len(again.pad.drawing) == 0 and not again.pad.drawing.can_undo and again.offers == []
    again.keeping.bring_back()
    assert len(again.pad.drawing) == 2
    again.keeping.bring_back()
    assert "no earlier drawing" in again.said[-1] and len(again.pad.drawing) == 2


def test_who_draws_on_has_kept_it(run):
    first = run()
    first.draw()
    first.die()
    again = run()
    again.draw()
    assert again.offers == [] and len(again.pad.drawing) == 2
    again.die()
    assert len(run().pad.drawing) == 0, "two ends in a row"


def test_after_two_such_ends_in_a_row_it_is_offered_and_taken_whole(run):
    first = run()
    first.draw(2)
    first.die()
    run().die()
    third = run()
    assert len(third.pad.drawing) == 0
    assert third.offers == ["Bring it back", "Leave it"] and "twice" in third.bar.text
    third.press("Bring it back")
    assert len(third.pad.drawing) == 2 and third.pad.drawing.can_undo
    third.draw()
    third.die()
    assert run().offers == ["Bring it back", "Leave it"]


def test_an_offer_that_is_left_or_not_answered_is_kept_for_later(run):
    first = run()
    first.draw(2)
    first.die()
    run().die()
    third = run()
    third.draw()
    third.bar.dismiss()
    assert len(third.pad.drawing) == 1
    third.keeping.bring_back()
    assert len(third.pad.drawing) == 2
    third.pad.undo()
    assert len(third.pad.drawing) == 1


def test_an_offer_that_is_taken_after_drawing_is_a_step_that_undo_takes_back(run):
    first = run()
    first.draw(2)
    first.die()
    run().die()
    third = run()
    third.draw()
    third.press("Bring it back")
    assert len(third.pad.drawing) == 2
    third.pad.undo()
    assert len(third.pad.drawing) == 1


def test_a_crash_loop_of_empty_starts_still_offers_what_was_drawn(run):
    first = run()
    first.draw(2)
    first.die()
    for _ in range(4):
        run().die()
    assert run().offers == ["Bring it back", "Leave it"]


def test_after_an_end_that_was_meant_the_pad_is_empty_and_the_drawing_can_be_brought_back(
    run, tmp_path
):
    first = run()
    first.draw(2)
    first.keeping.end(is_saved=False)
    again = run()
    assert len(again.pad.drawing) == 0 and again.offers == [] and again.said == []
    again.keeping.bring_back()
    assert len(again.pad.drawing) == 2 and files(tmp_path, KEPT_ENDING) == []


def test_nothing_is_left_of_what_is_saved_or_empty(run, tmp_path):
    first = run()
    first.draw()
    first.keeping.end(is_saved=True)
    run().keeping.end(is_saved=False)
    assert list((tmp_path / "journals").iterdir()) == []


def test_an_empty_pad_after_such_an_end_says_nothing(run):
    run().die()
    again = run()
    assert again.offers == [] and again.said == []


def test_two_windows_have_two_journals(run, tmp_path):
    one, other = run(), run()
    one.draw()
    other.draw(2)
    assert len(files(tmp_path, ".journal")) == 2
    assert len(run().pad.drawing) == 0, "both are being written"
    one.die()
    assert len(run().pad.drawing) == 1 and len(other.pad.drawing) == 2


def test_never_over_a_file_that_was_asked_for(run):
    first = run()
    first.draw()
    first.die()
    again = run(may_restore=False)
    assert len(again.pad.drawing) == 0 and again.offers == ["Bring it back", "Leave it"]


def test_what_was_drawn_before_it_began_is_written_too(run):
    first = run(drawn=2)
    first.draw()
    first.die()
    assert len(run().pad.drawing) == 3


def test_the_document_comes_back_with_its_drawing(run):
    first = run()
    first.draw()
    first.keeping.note_document("/drawings/seven.digitpad", first.pad.drawing.marks)
    first.die()
    again = run()
    assert again.restored == [("/drawings/seven.digitpad", again.pad.drawing.marks)]


def test_only_a_few_drawings_are_kept(run, tmp_path):
    for _ in range(8):
        one = run()
        one.draw()
        one.keeping.end(is_saved=False)
    assert len(files(tmp_path, KEPT_ENDING)) == 5


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"garbage\n", "could not be read"),
        (line_of(head() | {"version": 9}), "newer"),
        (line_of(head()) + b"x" * 99_999, "could not be read"),
    ],
)
def test_a_journal_that_cannot_be_read_is_set_aside_and_said_in_a_line(
    run, tmp_path, content, word, monkeypatch
):
    monkeypatch.setattr(journal, "MOST_BYTES", 90_000)
    folder = tmp_path / "journals"
    folder.mkdir()
    (folder / "1-x.journal").write_bytes(content)
    first = run()
    assert len(first.said) == 1 and word in first.said[0] and "\n" not in first.said[0]
    assert (folder / f"1-x{ASIDE}").read_bytes() == content
    first.draw()
    first.die()
    again = run()
    assert again.said == [] and len(again.pad.drawing) == 1


def test_damage_in_the_middle_brings_back_what_came_before_it(run, tmp_path):
    first = run()
    first.draw(3)
    path = first.keeping.journal.path
    first.die()
    content = bytearray(path.read_bytes())
    content[-90] ^= 1
    path.write_bytes(content)
    again = run()
    assert 0 < len(again.pad.drawing) < 3 and "could not be read" in again.said[0]


def test_a_folder_that_cannot_be_made_is_said_in_a_line_and_drawing_goes_on(run, tmp_path):
    (tmp_path / "journals").write_text("a file")
    one = run()
    one.draw()
    assert len(one.said) == 1 and "not written down" in one.said[0]
    assert not one.keeping.is_on and len(one.pad.drawing) == 1


def test_a_disk_that_is_still_full_after_a_crash_loses_nothing(run, tmp_path):
    first = run()
    first.draw(2)
    first.die()
    with full_disk():
        again = run()
        again.draw()
    assert len(again.pad.drawing) == 3 and not again.keeping.is_on
    assert len(again.said) == 1 and "not written down" in again.said[0]
    (kept,) = files(tmp_path, KEPT_ENDING)
    assert len(read_journal(kept).drawing) == 2


def test_a_damaged_end_that_cannot_be_kept_aside_is_not_cut_off(run, tmp_path):
    first = run()
    first.draw(3)
    path = first.keeping.journal.path
    first.die()
    content = bytearray(path.read_bytes())
    content[-90] ^= 1
    path.write_bytes(content)
    with full_disk():
        again = run()
    assert 0 < len(again.pad.drawing) < 3
    (kept,) = files(tmp_path, KEPT_ENDING)
    assert kept.read_bytes() == content and str(kept) in again.said[0]


def test_a_folder_that_became_read_only_loses_nothing(run, tmp_path):
    first = run()
    first.draw(2)
    path = first.keeping.journal.path
    first.die()
    content = path.read_bytes()
    with read_only(path.parent):
        again = run()
        again.draw()
        assert len(again.pad.drawing) == 3 and not again.keeping.is_on
        assert len(again.said) == 1 and "not written down" in again.said[0]
    assert path.read_bytes() == content


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full disk here")
def test_a_full_disk_is_said_once_and_drawing_goes_on(run):
    one = run()
    with Path("/dev/full").open("wb", buffering=0) as full:
        journal = one.keeping.journal
        journal._stream, before = full, journal._stream
        one.draw(3)
        journal._stream = before
    assert len(one.said) == 1 and not one.keeping.is_on and len(one.pad.drawing) == 3


def test_the_bar_is_pressed_by_keys(qtbot, run):
    first = run()
    first.draw()
    first.die()
    again = run()
    qtbot.keyClick(again.bar.buttons[1], Qt.Key.Key_Space)
    assert len(again.pad.drawing) == 0
