"""Networks of one's own are named in the list of networks, by keys and by pointer."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from digitpad.nets.spec.given_names import given_name
from digitpad.ui.shell.network_rows import removal_box
from tests.ui.choices import HERE


@pytest.fixture
def own(window, tmp_path, monkeypatch):
    """A network of the person's own training, among those that came with Digitpad; it reads."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    folder = tmp_path / "digitpad" / "weights"
    folder.mkdir(parents=True)
    (folder / "my-lenet-5.safetensors").write_bytes(b"weights")
    network = replace(HERE[0], weights=folder / "my-lenet-5.safetensors")
    window.dialogs._installed = lambda: [*HERE, network]
    window.session.client.become_ready(weights_file=str(network.weights))
    return network


def test_f2_names_one_of_ones_own_and_every_title_follows(window, own):
    assert "my-lenet-5" in window.status_line.text
    window.dialogs.choose_network()
    choice = window.dialogs.choice
    assert "F2" in choice.list.currentItem().toolTip()
    QTest.keyClick(choice.list, Qt.Key.Key_F2)
    editor = choice.naming.editor
    QTest.keyClicks(editor, "Sevens")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert given_name(own.weights) == "Sevens" and choice.isVisible()
    assert choice.list.currentItem().text() == "LeNet-5 · Sevens"
    assert "LeNet-5 · Sevens" in window.status_line.text
    choice.search.setText("seven")
    assert choice.list.count() == 1
    # An empty name is the file's again.
    QTest.keyClick(choice.list, Qt.Key.Key_F2)
    QTest.keyClick(choice.naming.editor, Qt.Key.Key_Delete)
    QTest.keyClick(choice.naming.editor, Qt.Key.Key_Return)
    assert "LeNet-5 · my-lenet-5" in window.status_line.text


def test_a_click_on_its_pen_does_the_same_and_escape_leaves_it(window, own):
    window.dialogs.choose_network()
    choice = window.dialogs.choice
    place = removal_box(choice.list.visualItemRect(choice.list.currentItem()), choice.unit).center()
    QTest.mouseClick(choice.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    editor = choice.naming.editor
    assert editor is not None and window.session.client.opened == []
    QTest.keyClicks(editor, "Sevens")
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert choice.isVisible() and given_name(own.weights) == "" and choice.naming.editor is None


def test_what_came_with_digitpad_keeps_its_name(window, own):
    window.dialogs.choose_network()
    choice = window.dialogs.choice
    choice.list.setCurrentRow(0)
    QTest.keyClick(choice.list, Qt.Key.Key_F2)
    assert choice.naming.editor is None and "F2" not in choice.list.item(0).toolTip()


def test_a_name_that_cannot_be_kept_is_said(window, own):
    (own.weights.parent / "names.json").mkdir()
    window.dialogs.choose_network()
    choice = window.dialogs.choice
    QTest.keyClick(choice.list, Qt.Key.Key_F2)
    QTest.keyClicks(choice.naming.editor, "Sevens")
    QTest.keyClick(choice.naming.editor, Qt.Key.Key_Return)
    assert "names.json" in window.notice and "my-lenet-5" in window.status_line.text
