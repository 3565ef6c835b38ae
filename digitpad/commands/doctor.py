"""Say what works on this machine, what does not and why."""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from digitpad import __version__
from digitpad.commands.common import add_network_arguments, chosen_network
from digitpad.core.columns import padded
from digitpad.core.errors import DigitpadError
from digitpad.core.languages import N_, NEEDS_CJK, _, language, ngettext
from digitpad.core.processes import python_code
from digitpad.core.texts import SOURCES, enumerated

if TYPE_CHECKING:
    from digitpad.core.weights_record import WeightsRecord

_PROBE = """
from PySide6.QtWidgets import QApplication
import PySide6.QtCore
from digitpad.ui.style.theme import system_theme
application = QApplication([])
screen = application.primaryScreen()
size = screen.size()
print(application.platformName(), PySide6.QtCore.qVersion(), f"{size.width()}x{size.height()}",
      f"{screen.devicePixelRatio():g}")
print(system_theme().name, len(application.screens()))
"""

_THEMES = {
    "light": N_("light"),
    "dark": N_("dark"),
    "high-contrast-light": N_("high contrast, light"),
    "high-contrast-dark": N_("high contrast, dark"),
}

_TITLES = {
    "_check_system": N_("system"),
    "_check_libraries": N_("libraries"),
    "_check_qt": "qt",
    "_check_font": N_("font"),
    "_check_weights": N_("weights"),
    "_check_devices": N_("devices"),
    "_check_data_sets": N_("data sets"),
    "_check_folders": N_("folders"),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument(
        "--pen",
        action="store_true",
        help=_("open a sheet instead, and print what pen, mouse and fingers report on it"),
    )
    add_network_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the report; returns 1 where the window could not work."""
    if arguments.pen:
        return _watch_pointers()
    checks = (
        _check_system,
        _check_libraries,
        _check_qt,
        _check_font,
        _check_weights,
        _check_devices,
        _check_data_sets,
        _check_folders,
    )
    results = []
    for check in checks:
        try:
            good, lines = check(arguments)
        except DigitpadError as error:
            good, lines = False, [str(error)]
        results.append(good)
        mark = padded(_("ok") if good else _("FAIL"), 5)
        title = _(_TITLES[check.__name__])
        print(
            mark
            + _("{name}: {text}").format(name=title, text=lines[0])
            + "".join(f"\n       {line}" for line in lines[1:]),
            flush=True,
        )
    # Without data sets only test images cannot be shown and nothing can be trained; without a font
    # for Chinese the window speaks English.
    needed = [good for check, good in zip(checks, results, strict=True) if check not in _SPARED]
    return 0 if all(needed) else 1


def _check_system(arguments: argparse.Namespace) -> tuple[bool, list[str]]:
    python = f"Python {platform.python_version()}"
    return True, [
        _("Digitpad {version}, {python}, {platform}, {cpu_count} cores").format(
            version=__version__,
            python=python,
            platform=platform.platform(),
            cpu_count=os.cpu_count(),
        )
    ]


def _check_libraries(arguments: argparse.Namespace) -> tuple[bool, list[str]]:
    from digitpad.commands.system_packages import install_command, missing_packages

    packages = missing_packages()
    if packages:
        return False, [
            _("some that Qt needs are missing; install them with:"),
            install_command(packages),
        ]
    return True, [_("all that Qt needs are there")]


def _check_qt(arguments: argparse.Namespace) -> tuple[bool, list[str]]:
    # Qt aborts the process where it finds no platform, so it is tried in another one.
    from digitpad.app import has_display

    environment = dict(os.environ)
    where = _("a display")
    # A platform that was asked for is tried, whether or not it is there: what Qt says helps.
    if not environment.get("QT_QPA_PLATFORM") and not has_display():
        environment["QT_QPA_PLATFORM"] = "offscreen"
        where = _("no display, so unseen")
    try:
        tried = subprocess.run(
            python_code(_PROBE),
            env=environment,
            capture_output=True,
            text=True,
            timeout=60,
        )
    except subprocess.TimeoutExpired:
        return False, [_("it does not answer within a minute")]
    if tried.returncode:
        said = [line for line in tried.stderr.splitlines() if line.strip()]
        return False, [
            _("it cannot open a window:"),
            *(said[-3:] or [_("it ended with status {status}").format(status=tried.returncode)]),
        ]
    opened, asked = tried.stdout.splitlines()
    name, version, size, scale = opened.split()
    theme, screens = asked.split()
    return True, [
        _("Qt {version} on {where} ({name}, {size}, scale {scale})").format(
            version=version, where=where, name=name, size=size, scale=scale
        ),
        ngettext(
            "{screens} screen; the desktop asks for the theme {theme}",
            "{screens} screens; the desktop asks for the theme {theme}",
            int(screens),
        ).format(screens=screens, theme=_(_THEMES.get(theme, theme))),
    ]


def _check_font(arguments: argparse.Namespace) -> tuple[bool, list[str]]:
    from digitpad.commands.system_packages import CJK_PACKAGE, has_cjk_font, install_command

    if has_cjk_font():
        return True, [_("there is one for Chinese")]
    # It is a failure to whoever wants it alone.
    wanted = language() in NEEDS_CJK
    return not wanted, [
        _("there is none for Chinese; install it with:"),
        install_command([CJK_PACKAGE]),
    ]


def _check_weights(arguments: argparse.Namespace) -> tuple[bool, list[str]]:
    chosen = chosen_network(arguments)
    return True, [
        str(chosen.weights),
        _record_words(chosen.record) or _("it keeps no record of how it was made"),
    ]


def _record_words(record: WeightsRecord) -> str:
    """What a record tells, in a line; "" where it tells nothing."""
    said = [_("network {network}").format(network=record.network)] if record.network else []
    for alone, of, share, n in (
        (
            N_("accuracy {share:.2%}"),
            N_("accuracy {share:.2%} of {n:,}"),
            record.test_accuracy,
            record.test_n,
        ),
        (
            N_("validation accuracy {share:.2%}"),
            N_("validation accuracy {share:.2%} of {n:,}"),
            record.validation_accuracy,
            record.validation_n,
        ),
    ):
        if share is not None:
            said.append((_(of) if n else _(alone)).format(share=share, n=n))
    if record.datasets:
        said.append(_("trained on {datasets}").format(datasets=_trained_on(record.datasets)))
    if record.epochs is not None:
        said.append(_("{value} epochs").format(value=record.epochs))
    if record.seed is not None:
        said.append(_("seed {value}").format(value=record.seed))
    if record.date:
        said.append(record.date)
    return _("; ").join("".join(c if c.isprintable() else "?" for c in one[:200]) for one in said)


def _trained_on(datasets: Sequence[str]) -> str:
    """What a record says that its network learned from, as people call it."""
    from digitpad.datasets import DATASETS

    return enumerated(
        [
            DATASETS[one].title if one in DATASETS else _(SOURCES.get(one, one[:80]))
            for one in datasets
        ]
    )


def _check_devices(arguments: argparse.Namespace) -> tuple[bool, list[str]]:
    from digitpad.nets.needing_torch import has_torch

    chosen = chosen_network(arguments)
    if not has_torch():
        from digitpad.nets.readers import open_reader

        info = open_reader(chosen.weights, arguments.device, chosen.net, chosen.choices).info
        return True, [
            _("PyTorch is not here; the network is read with numpy on {device}").format(
                device=info.device
            ),
            _("training, own networks and why an answer leads take it: pip install digitpad"),
        ]
    import torch

    from digitpad.nets.devices import use_one_thread
    from digitpad.nets.recognizer import Recognizer

    use_one_thread()
    recognizer = Recognizer(chosen.weights, arguments.device, chosen.net, chosen.choices)
    info = recognizer.info
    return True, [
        _("PyTorch {version}, the network runs on {device}").format(
            version=torch.__version__, device=info.device
        ),
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
                _("{n:,} test images of {title} in {folder}").format(
                    n=len(load(name, folder, "test")), title=entry.title, folder=folder
                )
            )
        except DigitpadError as error:
            good = False
            here.append(str(error))
    if missing:
        here.append(
            _("not here: {missing} (python train.py --dataset NAME downloads one)").format(
                missing=", ".join(missing)
            )
        )
    return good, here


def _check_folders(arguments: argparse.Namespace) -> tuple[bool, list[str]]:
    """Where settings, log and what is drawn are kept; nothing is made."""
    from digitpad.core.log import log_file
    from digitpad.core.paths import config_folder, shortened, state_folder

    places = (
        (_("settings in {path}"), config_folder() / "settings.ini"),
        (_("log in {path}"), log_file()),
        (_("what was drawn last in {path}"), state_folder() / "journals"),
    )
    lines = [said.format(path=shortened(str(place))) for said, place in places]
    closed = [place for _said, place in places if not _can_be_written(place)]
    lines += [
        _("{path} cannot be written, so nothing is kept there").format(path=shortened(str(place)))
        for place in closed
    ]
    return not closed, lines


def _can_be_written(place: Path) -> bool:
    """Whether a file may be made or changed there, as far as permissions tell."""
    there = next((one for one in (place, *place.parents) if one.exists()), place)
    return os.access(there, os.W_OK) and (there == place or there.is_dir())


def _watch_pointers() -> int:
    """Open a sheet and print each pointer event, until it is closed."""
    import signal

    from digitpad.app import has_display, make_application

    if not has_display():
        raise DigitpadError(_("there is no display here to draw on"))
    application = make_application()
    from digitpad.ui.pad.pointer_watch import PointerWatch

    watch = PointerWatch()
    watch.told.connect(lambda line: print(line, flush=True))
    # Python would hear of Ctrl-C in the terminal only when the sheet has something to do.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    watch.show()
    return application.exec()


_SPARED = (_check_font, _check_data_sets, _check_folders)
