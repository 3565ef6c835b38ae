"""Open the drawing pad."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from digitpad import __version__
from digitpad.app import has_display, make_application, make_window
from digitpad.commands.common import ChosenNetwork, add_network_arguments, chosen_network
from digitpad.core import languages
from digitpad.core.errors import DigitpadError
from digitpad.core.languages import _

if TYPE_CHECKING:
    from digitpad.ui.shell.main_window import MainWindow
    from digitpad.ui.shell.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument(
        "file",
        nargs="?",
        type=Path,
        metavar="FILE",
        help=_("a drawing, a picture or a network's weights to open"),
    )
    add_network_arguments(parser)
    # What is not said is as it was last.
    parser.set_defaults(device=None)


def run(arguments: argparse.Namespace) -> int:
    """Open the window and return when it is closed; without a display, show what it would do in
    a picture."""
    file = _file_to_open(arguments)
    is_named = arguments.weights is not None or arguments.net
    if is_named or not has_display():
        chosen = chosen_network(arguments)
        chosen.remember()
        if not has_display():
            return _demonstrate(chosen.weights, arguments.device or "auto", chosen.net, file)
    application = make_application()
    application.setApplicationVersion(__version__)
    from digitpad.ui.shell.ending import Ending
    from digitpad.ui.shell.reopening import Reopening
    from digitpad.ui.shell.settings_store import SettingsStore
    from digitpad.ui.shell.unforeseen import Unforeseen

    settings = SettingsStore.of_person()
    troubles = [settings.trouble, _take_language(arguments, settings.values)]
    if not is_named:
        chosen, trouble = _remembered_network(arguments, settings.values)
        troubles.append(trouble)
    window = make_window(
        chosen.weights,
        arguments.device or settings.values.device,
        net=chosen.net,
        record=chosen.record,
        settings=settings,
        journals=_journals(),
        may_restore=file is None,
    )
    # In another language the window is made anew.
    opened = Reopening(window, settings, _made_anew)
    unforeseen = Unforeseen(__version__, lambda: opened.window, arguments.debug)
    unforeseen.install()
    unforeseen.follow(window)
    opened.reopened.connect(unforeseen.follow)
    ending = Ending(lambda: opened.window.lifetime.close_at_once())
    window.show()
    window.lifetime.once_painted(unforeseen.begin_log)
    if file is not None:
        window.lifetime.once_painted(lambda: window.exchange.take_files([file]))
    said = " ".join(filter(None, troubles))
    if said:
        window.show_notice(said)
    try:
        return application.exec()
    finally:
        settings.save()
        unforeseen.uninstall()
        ending.stop()


def _made_anew(old: MainWindow) -> MainWindow:
    """A window that reads with another one's network, and remembers and keeps nothing yet."""
    choice = old.session.client.choice
    return make_window(choice.weights, old.session.client.device, net=choice.net)


def _file_to_open(arguments: argparse.Namespace) -> Path | None:
    """The drawing or picture that was named; a network's weights are as if --weights had named
    them. Raises DigitpadError where there is no such file."""
    from digitpad.ui.shell.brought_files import FileKind, kind_of

    file: Path | None = arguments.file
    if file is None:
        return None
    if not file.exists():
        raise DigitpadError(_("{file} does not exist; check the name").format(file=file))
    if kind_of(file) is FileKind.NETWORK and file.suffix != ".py" and arguments.weights is None:
        arguments.weights = file
        return None
    return file.absolute()


def _journals() -> Path | None:
    """Where what is drawn is written down; None where there is no home folder, of which the
    settings have told."""
    from digitpad.core.paths import state_folder

    try:
        return state_folder() / "journals"
    except DigitpadError:
        return None


def _take_language(arguments: argparse.Namespace, settings: Settings) -> str:
    """Speak the language that is set, unless the command line names one, or the system's; what is
    to be said where there is none of it, "" else."""
    from digitpad.ui.style.spoken import systems_language

    if settings.language and not arguments.lang:
        return languages.choose(settings.language)
    if not languages.is_asked_for():
        languages.set_language(systems_language())
    return ""


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


def _demonstrate(weights: Path, device: str, net: str, file: Path | None) -> int:
    """Draw the file that was named, or a sample digit, through the same window without a display,
    say the answer and write the window's picture."""
    from digitpad.commands.screenshot import marks_of, sample_marks, take_screenshot

    out = Path("digitpad.png").resolve()
    print(
        _("There is no display here: a sample digit is drawn through the same window, unseen."),
        flush=True,
    )
    marks = sample_marks() if file is None else marks_of(file)
    answer = take_screenshot(out, weights, device, marks, net=net)
    print(_("The network reads: {answer}").format(answer=answer))
    print(_("The window's picture: {out}").format(out=out))
    return 0
