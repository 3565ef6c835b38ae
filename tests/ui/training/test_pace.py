from __future__ import annotations

import pytest

from digitpad.ui.training.pace import Pace


def test_what_came_before_it_was_watched_counts_for_nothing():
    pace = Pace()
    pace.note(0.1, 50.0)
    assert pace.epoch_seconds is None
    pace.note(0.3, 54.0)
    assert pace.epoch_seconds == pytest.approx(20.0)


def test_a_moment_or_nothing_done_tells_nothing():
    pace = Pace()
    pace.note(0.1, 50.0)
    pace.note(0.5, 50.5)
    assert pace.epoch_seconds is None
    pace.note(0.1, 90.0)
    assert pace.epoch_seconds is None


def test_after_a_stop_it_watches_anew():
    pace = Pace()
    pace.note(0.1, 50.0)
    pace.note(0.3, 54.0)
    pace.restart()
    assert pace.epoch_seconds is None
    pace.note(0.3, 900.0)
    pace.note(0.4, 904.0)
    assert pace.epoch_seconds == pytest.approx(40.0)
