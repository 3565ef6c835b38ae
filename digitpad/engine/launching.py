"""How the recogniser's process is started."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QProcessEnvironment

from digitpad.core.processes import THREAD_SETTINGS, python_command


def recognizer_command(weights: Path, device: str, net: str) -> list[str]:
    """The command that runs the recogniser of this installation; net as
    RecognizerClient.open_network takes it."""
    options = ["--weights", str(weights), "--device", device, *(["--net", net] if net else [])]
    return python_command("digitpad", "recognizer", *options)


def recognizer_environment() -> QProcessEnvironment:
    """The environment that it runs in: its threads do not spin, and it holds nothing back."""
    environment = QProcessEnvironment.systemEnvironment()
    for name, value in THREAD_SETTINGS.items():
        environment.insert(name, environment.value(name, value))
    environment.insert("PYTHONUNBUFFERED", "1")
    return environment
