"""What may not be loaded where: the window never waits for torch, and training needs no Qt."""

from __future__ import annotations

import subprocess
import sys

import pytest


def loaded_by(module: str) -> set[str]:
    """The top-level modules that importing one brings in."""
    code = f"import sys, {module}; print(*{{name.partition('.')[0] for name in sys.modules}})"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(run.stdout.split())


def test_the_window_does_not_load_torch():
    loaded = loaded_by("digitpad.ui.shell.main_window")
    assert "PySide6" in loaded
    assert not loaded & {"torch", "torchvision", "safetensors", "PIL"}


LATER = {
    "PySide6.QtSvg",
    "digitpad.datasets.loading",
    "digitpad.ink.strokes_file",
    "digitpad.teaching",
    "difflib",
}
"""What the window wants once something is saved, brought, taught or looked for."""


def test_the_window_does_not_load_what_it_needs_later():
    code = f"import sys, digitpad.ui.shell.main_window; print(*({LATER} & sys.modules.keys()))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == ""


def test_training_does_not_load_qt():
    loaded = loaded_by("digitpad.training, digitpad.training.run, digitpad.training.command")
    assert "torch" in loaded
    assert "PySide6" not in loaded


@pytest.mark.parametrize(
    "module", ["digitpad.cli", "digitpad.commands.window", "digitpad.commands.predict"]
)
def test_the_command_line_loads_what_it_needs_when_it_runs(module):
    assert not loaded_by(module) & {"torch", "PySide6", "PIL"}
