"""How the recogniser's process is started."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtCore import QProcessEnvironment


def recognizer_command(weights: Path, device: str, net: str) -> list[str]:
    """The command that runs the recogniser of this installation; net as
    RecognizerClient.open_network takes it."""
    command = [
        sys.executable,
        "-m",
        "digitpad",
        "recognizer",
        "--weights",
        str(weights),
        "--device",
        device,
    ]
    return [*command, "--net", net] if net else command


def recognizer_environment() -> QProcessEnvironment:
    """The environment that it runs in: its threads do not spin, it holds nothing back, and it
    finds this package."""
    environment = QProcessEnvironment.systemEnvironment()
    environment.insert("OMP_WAIT_POLICY", "PASSIVE")
    environment.insert("PYTHONUNBUFFERED", "1")
    # A checkout that is not installed is found by the recogniser as it was by the window.
    package_home = str(Path(__file__).resolve().parents[2])
    environment.insert(
        "PYTHONPATH", os.pathsep.join(filter(None, [package_home, environment.value("PYTHONPATH")]))
    )
    return environment
