"""Open the drawing pad."""

from __future__ import annotations

import argparse
import signal
from pathlib import Path

from digitpad.app import has_display, make_application, make_window
from digitpad.commands.common import add_network_arguments, chosen_network


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    add_network_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """Open the window and return when it is closed; without a display, show what it would do in
    a picture."""
    chosen = chosen_network(arguments)
    chosen.remember()
    if not has_display():
        return _demonstrate(chosen.weights, arguments.device, chosen.net)
    application = make_application()
    window = make_window(chosen.weights, arguments.device, net=chosen.net, record=chosen.record)
    # Python would hear of Ctrl-C in the terminal only when the window has something to do.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    window.show()
    return application.exec()


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
