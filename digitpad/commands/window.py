"""Open the drawing pad."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from digitpad import __version__
from digitpad.app import has_display, make_application, make_window
from digitpad.commands.common import ChosenNetwork, add_network_arguments, chosen_network
from digitpad.core.errors import DigitpadError
from digitpad.core.languages import _

if TYPE_CHECKING:
    from digitpad.ui.shell.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    add_network_arguments(parser)
    # What is not said is as it was last.
    parser.set_defaults(device=None)


def run(arguments: argparse.Namespace) -> int:
    """Open the window and return when it is closed; without a display, show what it would do in
    a picture."""
    is_named = arguments.weights is not None or arguments.net
    if is_named or not has_display():
        chosen = chosen_network(arguments)
        chosen.remember()
        if not has_display():
            return _demonstrate(chosen.weights, arguments.device or "auto", chosen.net)
    application = make_application()
    from PySide6.QtCore import QTimer

    from digitpad.ui.shell.ending import Ending
    from digitpad.ui.shell.settings_store import SettingsStore
    from digitpad.ui.shell.unforeseen import Unforeseen

    settings = SettingsStore.of_person()
    troubles = [settings.trouble]
    if not is_named:
        chosen, trouble = _remembered_network(arguments, settings.values)
        troubles.append(trouble)
    window = make_window(
        chosen.weights,
        arguments.device or settings.values.device,
        net=chosen.net,
        record=chosen.record,
        settings=settings,
    )
    unforeseen = Unforeseen(__version__, window, arguments.debug)
    unforeseen.install()
    ending = Ending(window.close)
    window.show()
    QTimer.singleShot(0, unforeseen.begin_log)
    said = " ".join(filter(None, troubles))
    if said:
        window.show_notice(said)
    try:
        return application.exec()
    finally:
        settings.save()
        unforeseen.uninstall()
        ending.stop()


def _remembered_network(
    arguments: argparse.Namespace, settings: Settings
) -> tuple[ChosenNetwork, str]:
    """The network that read last, and "", or the usual one, and why, where that is not there any
    more."""
    from digitpad.core.paths import shipped_weights
    from digitpad.nets.spec.record import read_record

    name = settings.network
    if not name:
        return chosen_network(arguments), ""
    try:
        file = Path(name) if Path(name).is_absolute() else shipped_weights(name)
        return ChosenNetwork(file.resolve(), settings.net, read_record(file)), ""
    except (DigitpadError, OSError) as error:
        return chosen_network(arguments), _(
            "The network that read last cannot be opened, so LeNet-5 reads: {why}."
        ).format(why=error)


def _demonstrate(weights: Path, device: str, net: str) -> int:
    """Draw a sample digit through the same window without a display, say the answer and write
    the window's picture."""
    from digitpad.commands.screenshot import sample_marks, take_screenshot

    out = Path("digitpad.png").resolve()
    print(
        "There is no display here: a sample digit is drawn through the same window, unseen.",
        flush=True,
    )
    answer = take_screenshot(out, weights, device, sample_marks(), net=net)
    print(f"The network reads: {answer}")
    print(f"The window's picture: {out}")
    return 0
