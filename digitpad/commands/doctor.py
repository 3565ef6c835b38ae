"""Say what works on this machine, what does not and why."""

from __future__ import annotations

import argparse
import os
import platform
import subprocess

from digitpad import __version__
from digitpad.commands.common import add_network_arguments, chosen_network
from digitpad.core.errors import DigitpadError
from digitpad.core.processes import python_code

_PROBE = """
from PySide6.QtWidgets import QApplication
import PySide6.QtCore
application = QApplication([])
screen = application.primaryScreen()
print(application.platformName(), PySide6.QtCore.qVersion(), f"{screen.size().width()}x{screen.size().height()}",
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
    if not has_display():
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
    from digitpad.nets.spec.record import read_metadata

    weights, _ = chosen_network(arguments)
    record = read_metadata(weights)
    known = (
        "network",
        "test_accuracy",
        "test_n",
        "validation_accuracy",
        "datasets",
        "seed",
        "epochs",
        "date",
    )
    said = ", ".join(f"{key} {record[key]}" for key in known if key in record)
    return True, [str(weights), said or "it keeps no record of how it was made"]


def _check_devices(arguments: argparse.Namespace) -> tuple[bool, list[str]]:
    import torch

    from digitpad.nets.recognizer import Recognizer

    weights, net = chosen_network(arguments)
    recognizer = Recognizer(weights, arguments.device, net)
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
