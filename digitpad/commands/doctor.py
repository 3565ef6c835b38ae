"""Say what works on this machine, what does not and why."""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
from typing import TYPE_CHECKING

from digitpad import __version__
from digitpad.commands.common import add_network_arguments, chosen_network
from digitpad.core.errors import DigitpadError
from digitpad.core.processes import python_code

if TYPE_CHECKING:
    from digitpad.core.weights_record import WeightsRecord

_PROBE = """
from PySide6.QtWidgets import QApplication
import PySide6.QtCore
application = QApplication([])
screen = application.primaryScreen()
size = screen.size()
print(application.platformName(), PySide6.QtCore.qVersion(), f"{size.width()}x{size.height()}",
      f"scale {screen.devicePixelRatio():g}")
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    add_network_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the report; returns 1 where the window could not work."""
    checks = (
        _check_system,
        _check_libraries,
        _check_qt,
        _check_weights,
        _check_devices,
        _check_data_sets,
    )
    results = []
    for check in checks:
        try:
            good, lines = check(arguments)
        except DigitpadError as error:
            good, lines = False, [str(error)]
        results.append(good)
        mark = "ok   " if good else "FAIL "
        title = check.__name__.removeprefix("_check_").replace("_", " ")
        print(
            f"{mark}{title}: {lines[0]}" + "".join(f"\n       {line}" for line in lines[1:]),
            flush=True,
        )
    # Without data sets only test images cannot be shown and nothing can be trained.
    return 0 if all(results[:-1]) else 1


def _check_system(arguments: argparse.Namespace) -> tuple[bool, list[str]]:
    python = f"Python {platform.python_version()}"
    return True, [
        f"Digitpad {__version__}, {python}, {platform.platform()}, {os.cpu_count()} cores"
    ]


def _check_libraries(arguments: argparse.Namespace) -> tuple[bool, list[str]]:
    from digitpad.commands.system_packages import install_command, missing_packages

    packages = missing_packages()
    if packages:
        return False, [
            "some that Qt needs are missing; install them with:",
            install_command(packages),
        ]
    return True, ["all that Qt needs are there"]


def _check_qt(arguments: argparse.Namespace) -> tuple[bool, list[str]]:
    # Qt aborts the process where it finds no platform, so it is tried in another one.
    from digitpad.app import has_display

    environment = dict(os.environ)
    where = "a display"
    # A platform that was asked for is tried, whether or not it is there: what Qt says helps.
    if not environment.get("QT_QPA_PLATFORM") and not has_display():
        environment["QT_QPA_PLATFORM"] = "offscreen"
        where = "no display, so unseen"
    try:
        tried = subprocess.run(
            python_code(_PROBE),
            env=environment,
            capture_output=True,
            text=True,
            timeout=60,
        )
    except subprocess.TimeoutExpired:
        return False, ["it does not answer within a minute"]
    if tried.returncode:
        said = [line for line in tried.stderr.splitlines() if line.strip()]
        return False, [
            "it cannot open a window:",
            *(said[-3:] or [f"it ended with status {tried.returncode}"]),
        ]
    name, version, size, *scale = tried.stdout.split()
    return True, [f"Qt {version} on {where} ({name}, {size}, {' '.join(scale)})"]


def _check_weights(arguments: argparse.Namespace) -> tuple[bool, list[str]]:
    chosen = chosen_network(arguments)
    return True, [
        str(chosen.weights),
        _record_words(chosen.record) or "it keeps no record of how it was made",
    ]


def _record_words(record: WeightsRecord) -> str:
    """What a record tells, in a line; "" where it tells nothing."""
    said = [f"network {record.network}"] if record.network else []
    for name, share, n in (
        ("accuracy", record.test_accuracy, record.test_n),
        ("validation accuracy", record.validation_accuracy, record.validation_n),
    ):
        if share is not None:
            said.append(f"{name} {share:.2%}" + (f" of {n:,}" if n else ""))
    if record.datasets:
        said.append(f"trained on {', '.join(record.datasets)}")
    if record.epochs is not None:
        said.append(f"{record.epochs} epochs")
    if record.seed is not None:
        said.append(f"seed {record.seed}")
    if record.date:
        said.append(record.date)
    return "; ".join("".join(c if c.isprintable() else "?" for c in one[:200]) for one in said)


def _check_devices(arguments: argparse.Namespace) -> tuple[bool, list[str]]:
    import torch

    from digitpad.nets.devices import use_one_thread
    from digitpad.nets.recognizer import Recognizer

    chosen = chosen_network(arguments)
    use_one_thread()
    recognizer = Recognizer(chosen.weights, arguments.device, chosen.net, chosen.choices)
    info = recognizer.info
    return True, [
        f"PyTorch {torch.__version__}, the network runs on {info.device}",
        *info.device_report,
    ]


def _check_data_sets(arguments: argparse.Namespace) -> tuple[bool, list[str]]:
    from digitpad.datasets import DATASETS, find, load

    good, here, missing = True, [], []
    for name, entry in DATASETS.items():
        try:
            folder = find(name, may_download=False)
        except DigitpadError as error:
            if name == "mnist":
                good, here = False, [str(error)]
            else:
                missing.append(name)
            continue
        try:
            here.append(
                f"{len(load(name, folder, 'test')):,} test images of {entry.title} in {folder}"
            )
        except DigitpadError as error:
            good = False
            here.append(str(error))
    if missing:
        here.append(
            f"not here: {', '.join(missing)} (python train.py --dataset NAME downloads one)"
        )
    return good, here
