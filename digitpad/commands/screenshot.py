"""Write a picture of the window, or of one panel, with a drawing in it, read by the real
recogniser; no display is needed."""

from __future__ import annotations

import argparse
import os
import re
import sys
from pathlib import Path

from digitpad.commands.common import add_network_arguments, chosen_network
from digitpad.commands.pictured import SHOWS, explained, mistakes_among_images
from digitpad.core.constants import TEXT_SIZES, THEME_NAMES
from digitpad.core.errors import DigitpadError
from digitpad.core.languages import _
from digitpad.ink.drawing import Mark, Stroke

_SEVEN = (
    (
        (78, 66),
        (92, 60),
        (120, 62),
        (152, 64),
        (186, 58),
        (206, 56),
        (196, 84),
        (176, 122),
        (158, 160),
        (144, 196),
        (136, 232),
    ),
    ((104, 150), (132, 146), (160, 146), (192, 140)),
)
_ANSWER_TIMEOUT_MS = 240_000
_LARGEST_SIDE = 8_000
_ENDINGS = (".png", ".svg")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    parser.add_argument(
        "out", type=Path, metavar="OUT", help=_("where the picture goes: .png or .svg")
    )
    drawn = parser.add_mutually_exclusive_group()
    drawn.add_argument(
        "--strokes",
        type=Path,
        metavar="FILE",
        help=_("draw the first sample of a digitpad-strokes file"),
    )
    drawn.add_argument("--picture", type=Path, metavar="FILE", help=_("open a picture"))
    drawn.add_argument(
        "--browse", action="store_true", help=_("show the mistakes among the test images instead")
    )
    drawn.add_argument(
        "--empty", action="store_true", help=_("draw nothing (a crossed 7 otherwise)")
    )
    parser.add_argument(
        "--size",
        type=_size,
        default=(1280, 800),
        metavar="WxH",
        help=_("the window's size (default: 1280x800)"),
    )
    parser.add_argument(
        "--scale",
        type=float,
        choices=(1.0, 1.5, 2.0, 3.0),
        default=1.0,
        help=_("the screen's scale (default: 1)"),
    )
    parser.add_argument("--theme", choices=THEME_NAMES, default="light")
    parser.add_argument(
        "--text-size",
        type=int,
        choices=TEXT_SIZES,
        default=100,
        help=_("how large texts are, in percent (default: 100)"),
    )
    parser.add_argument(
        "--compare", type=Path, metavar="FILE", help=_("a second network's weights, to read it too")
    )
    parser.add_argument(
        "--tool",
        default="",
        metavar="NAME",
        help=_(
            "open what explains: unit, kernels, why, missing, pieces, random, history, "
            "normalisation, sweeps or film"
        ),
    )
    parser.add_argument(
        "--panel",
        default="",
        metavar="NAME",
        help=_(
            "this part of the window alone: pad, input, network, answer, a layer's "
            "name such as C3, or a tool's as --tool has it"
        ),
    )
    parser.add_argument(
        "--show",
        choices=list(SHOWS),
        default="",
        help=_(
            "what else there is, filled with samples: asking (what the drawing is), "
            "kept, drawings (My drawings), game, moment (a snapshot of the shipped training), "
            "train (what is asked before it), presented (a layer, full screen), restored (a "
            "drawing that is back), settings, steps (the first steps), teach, its lesson, or "
            "versions"
        ),
    )
    parser.add_argument(
        "--format",
        choices=[ending[1:] for ending in _ENDINGS],
        help=_("pixels, or texts and shapes to enlarge and edit (default: as OUT ends, else png)"),
    )
    add_network_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """Take the picture and say what was read."""
    chosen = chosen_network(arguments)
    chosen.remember()
    weights, net = chosen.weights, chosen.net
    out = _with_ending(arguments.out, arguments.format)
    tool = arguments.tool or _tool_of(arguments.panel)
    if arguments.browse and arguments.panel:
        raise DigitpadError(_("--browse shows a window of its own; leave --panel out"))
    if arguments.browse and arguments.compare is not None:
        raise DigitpadError(_("--browse shows the answers of one network; leave --compare out"))
    if tool and (arguments.browse or arguments.empty):
        raise DigitpadError(
            _("{tool} explains a drawing; leave --browse and --empty out").format(
                tool="--tool" if arguments.tool else tool
            )
        )
    if arguments.tool and tool not in _tools():
        raise DigitpadError(
            _("there is no tool {tool}; there are {tools}").format(
                tool=tool, tools=", ".join(_tools())
            )
        )
    if arguments.show and (arguments.browse or arguments.empty or tool or arguments.panel):
        raise DigitpadError(
            _("--show is a picture by itself; leave --browse, --empty, --tool and --panel out")
        )
    marks: list[Mark] = [] if arguments.empty or arguments.browse else sample_marks()
    if arguments.strokes is not None:
        marks = _first_sample(arguments.strokes)
    elif arguments.picture is not None:
        from digitpad.ink.drawing import PlacedPicture
        from digitpad.ink.pipeline import picture_to_pad

        marks = [PlacedPicture.fitted(picture_to_pad(arguments.picture))]
    os.environ["QT_SCALE_FACTOR"] = str(arguments.scale)
    answer = take_screenshot(
        out,
        weights,
        arguments.device,
        marks,
        arguments.size,
        arguments.theme,
        net,
        arguments.compare,
        arguments.browse,
        tool,
        _tools().get(arguments.panel, arguments.panel),
        arguments.show,
        arguments.text_size,
    )
    print(answer)
    return 0


def marks_of(file: Path) -> list[Mark]:
    """The first drawing of a file of drawings, or the ink of a picture; raises DigitpadError where
    it is neither."""
    from digitpad.ui.shell.brought_files import FileKind, kind_of

    if kind_of(file) is FileKind.DRAWING:
        return _first_sample(file)
    from digitpad.ink.drawing import PlacedPicture
    from digitpad.ink.pipeline import picture_to_pad

    return [PlacedPicture.fitted(picture_to_pad(file))]


def sample_marks() -> list[Mark]:
    """A crossed 7, as much of Europe writes it."""
    return [Stroke.through(points) for points in _SEVEN]


def take_screenshot(
    out: Path,
    weights: Path,
    device: str,
    marks: list[Mark],
    size: tuple[int, int] = (1280, 800),
    theme: str = "light",
    net: str = "",
    second_network: Path | None = None,
    browse: bool = False,
    tool: str = "",
    panel: str = "",
    show: str = "",
    text_size: int = 100,
) -> str:
    """Draw marks in a window of this size, wait for the answer, write the window's picture to out,
    which ends in .png or .svg;
    returns the answer in words, or with a second network, the weights of a second network, what
    differs.

    browse: open the window of the test images, wait until all are read, and write its picture with
    the mistakes shown; returns how many were read rightly. tool: what explains the drawing, as
    --tool takes it; returns what it says in place of the answer. panel: the part of the window that
    is pictured, by its name; the whole where it is empty. show: what is pictured in its place, of
    SHOWS; returns what it says. text_size: in percent. Must come before any other use of
    Qt in the process. Raises DigitpadError where the recogniser fails, there are no test images, or
    there is no such panel, or out cannot be written.
    """
    if sys.platform not in ("darwin", "win32"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from digitpad.app import make_application, make_window
    from digitpad.core.files import write_beside
    from digitpad.ui.shell.shown_panels import WINDOW
    from digitpad.ui.style.screen import set_text_scale
    from digitpad.ui.style.theme import THEMES
    from digitpad.ui.style.widget_pictures import content_of

    application = make_application()
    from PySide6.QtCore import QEventLoop, QPoint, QTimer
    from PySide6.QtGui import QCursor

    set_text_scale(text_size / 100)
    window = make_window(weights, device, theme, net)
    window.resize(*size)
    window.show()
    # In the window's margin, where it points at nothing.
    QCursor.setPos(window.mapToGlobal(QPoint(1, 1)))
    client = window.session.client
    trouble: list[str] = []
    waiting = QEventLoop()

    def give_up(why: str = "") -> None:
        trouble.append(why or _("the recogniser gave no answer in time"))
        waiting.quit()

    client.failed.connect(give_up)
    client.refused.connect(give_up)
    QTimer.singleShot(_ANSWER_TIMEOUT_MS, give_up)
    try:
        if second_network is not None:
            window.session.open_second(second_network)
        if marks:
            (client.recognized if second_network is None else client.second_recognized).connect(
                waiting.quit
            )
            window.session.pad.show_marks(marks)
        else:
            (client.ready if second_network is None else client.second_ready).connect(waiting.quit)
        waiting.exec()
        if browse and not trouble:
            browser = mistakes_among_images(window, size, waiting)
        if trouble:
            raise DigitpadError(trouble[0])
        if browse:
            write_beside(out, content_of(browser, THEMES[theme].ground, out.suffix.lower()))
            from digitpad.ui.images.words import totals_in_words

            return totals_in_words(browser.answers) if browser.answers is not None else ""
        window.session.flush()
        if show:
            pictured, told = SHOWS[show](window, size, waiting)
            application.processEvents()
            write_beside(out, content_of(pictured, THEMES[theme].ground, out.suffix.lower()))
            return told
        told = explained(window, tool, waiting) if tool else ""
        application.processEvents()
        write_beside(out, window.taking.content(panel or WINDOW, out.suffix.lower()))
        if tool:
            return told
        return (
            window.comparison.words.text
            if second_network is not None
            else window.answer_panel.answer_text()
        )
    finally:
        window.lifetime.close_at_once()


def _with_ending(out: Path, wanted: str | None) -> Path:
    """Where the picture goes, with the ending of its format added where there is none; raises
    DigitpadError where it has another."""
    ending = out.suffix.lower()
    if not ending and not out.is_dir():
        return out.with_name(f"{out.name}.{wanted or _ENDINGS[0][1:]}")
    if wanted is not None and ending != f".{wanted}":
        raise DigitpadError(
            _("{out} should end in .{wanted}, the --format that is asked for").format(
                out=out, wanted=wanted
            )
        )
    if ending not in _ENDINGS:
        raise DigitpadError(
            _("{out} should end in {endings}").format(out=out, endings=_(" or ").join(_ENDINGS))
        )
    return out


def _tools() -> dict[str, str]:
    """What explains, by the names that --tool takes, and the panel in which it does."""
    from digitpad.ui.explain.tools import TOOLS, WHY_TOOL
    from digitpad.ui.explain.why_words import WhyMode

    modes = {mode.value: WHY_TOOL for mode in WhyMode}
    return {tool.id: tool.id for tool in TOOLS} | modes


def _tool_of(panel: str) -> str:
    """The tool that a panel's name asks for; nothing where it names another panel, or none."""
    return panel if panel and panel in _tools() else ""


def _first_sample(path: Path) -> list[Mark]:
    from digitpad.ink.strokes_file import read_drawings

    drawings = read_drawings(path)
    if not drawings:
        raise DigitpadError(_("{path} holds no sample to draw").format(path=path))
    return list(drawings[0].marks)


def _size(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"(\d{1,5})[x×](\d{1,5})", text)
    if not match or not all(1 <= int(side) <= _LARGEST_SIDE for side in match.groups()):
        raise argparse.ArgumentTypeError(
            _("WIDTHxHEIGHT, at most {largest_side} each, not {text!r}").format(
                largest_side=_LARGEST_SIDE, text=text
            )
        )
    return int(match[1]), int(match[2])
