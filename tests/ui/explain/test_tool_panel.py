"""What a screen reader hears of a tool."""

from __future__ import annotations

import pytest

from digitpad.ui.explain.tool_panel import SAYING_MS, ToolPanel
from tests.support import PATIENCE_MS


class Tool(ToolPanel):
    waits, says = False, True

    @property
    def says_changes(self) -> bool:
        return self.says

    @property
    def is_waiting(self) -> bool:
        return self.waits


@pytest.fixture
def tool(qtbot, window):
    tool = Tool(window.session)
    qtbot.addWidget(tool)
    tool.setAccessibleName("A tool")
    return tool


def test_what_it_shows_is_said_once_it_is_there(qtbot, tool, heard):
    tool.waits = True
    tool.show()
    qtbot.wait(2 * SAYING_MS)
    assert heard == []
    tool.waits = False
    tool.setAccessibleDescription("It shows this.")
    qtbot.waitUntil(lambda: bool(heard), timeout=PATIENCE_MS)
    assert heard == ["A tool. It shows this."]


def test_of_the_same_drawing_what_is_new_is_said_once_it_stays_so(qtbot, window, tool, heard):
    tool.show()
    tool.setAccessibleDescription("first")
    qtbot.waitUntil(lambda: len(heard) == 1, timeout=PATIENCE_MS)
    tool.setAccessibleDescription("on the way")
    tool.setAccessibleDescription("second")
    qtbot.waitUntil(lambda: len(heard) == 2, timeout=PATIENCE_MS)
    # Another drawing's answer is said by itself.
    window.session.pad.version += 1
    tool.setAccessibleDescription("third")
    qtbot.wait(2 * SAYING_MS)
    tool.setAccessibleDescription("fourth")
    qtbot.waitUntil(lambda: len(heard) == 3, timeout=PATIENCE_MS)
    assert heard == ["A tool. first", "second", "fourth"]


def test_what_changes_by_itself_is_not_said_again(qtbot, tool, heard):
    tool.says = False
    tool.show()
    tool.setAccessibleDescription("epoch 1")
    qtbot.waitUntil(lambda: len(heard) == 1, timeout=PATIENCE_MS)
    tool.setAccessibleDescription("epoch 2")
    qtbot.wait(2 * SAYING_MS)
    assert heard == ["A tool. epoch 1"]


def test_of_what_lies_within_a_tool_the_tool_speaks(qtbot, window, tool, heard):
    within = Tool(window.session, tool)
    tool.show()
    within.setAccessibleDescription("within")
    qtbot.waitUntil(lambda: bool(heard), timeout=PATIENCE_MS)
    qtbot.wait(2 * SAYING_MS)
    assert heard == ["A tool"]
