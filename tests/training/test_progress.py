from __future__ import annotations

import pytest

from digitpad.training.events import EpochReport
from digitpad.training.progress import is_over


def history(best: str) -> list[EpochReport]:
    """An epoch for each letter; b is better than all before."""
    return [
        EpochReport(n + 1, 9, 1.0, 0.5, 0.5, 1.0, 1.0, 1.0, letter == "b")
        for n, letter in enumerate(best)
    ]


@pytest.mark.parametrize(
    ("best", "patience", "over"),
    [
        ("", 1, False),
        ("bbb", 1, False),
        ("bb.", 1, True),
        ("bb.", 2, False),
        ("b..b..", 3, False),
        ("b..b...", 3, True),
        ("b.......", None, False),
        ("b........", None, True),
    ],
)
def test_a_run_ends_with_its_epochs_or_after_so_many_without_a_better_one(best, patience, over):
    assert is_over(history(best), 9, patience) is over
