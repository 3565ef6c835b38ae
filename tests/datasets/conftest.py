from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def nothing_here(monkeypatch, tmp_path) -> Path:
    """No data set on this machine; the user's own folder, which does not exist yet."""
    monkeypatch.setattr("digitpad.datasets.finding.shipped_asset", lambda name: None)
    monkeypatch.setattr("digitpad.datasets.finding.user_folder", lambda: tmp_path / "user")
    return tmp_path / "user"
