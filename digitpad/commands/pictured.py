"""What a picture of the window can show besides a drawing: what explains it, and other windows."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from digitpad.commands.pictured_teaching import lesson, teach, versions
from digitpad.core.errors import DigitpadError
from digitpad.core.languages import _
from digitpad.core.results import LayerInfo, LayerKind, Unit
from digitpad.ink.drawing import Drawing

if TYPE_CHECKING:
    from PySide6.QtCore import QEventLoop
    from PySide6.QtWidgets import QWidget

    from digitpad.ui.images.image_browser import ImageBrowser
    from digitpad.ui.shell.main_window import MainWindow

_SAMPLES = 60
_SAMPLES_SEED = 5

Show = Callable[["MainWindow", tuple[int, int], "QEventLoop"], tuple["QWidget", str]]
"""Given the window with a drawing that was read, the size that is asked for, and the loop that
waits: what is pictured, and what is told of it."""


def explained(window: MainWindow, name: str, waiting: QEventLoop) -> str:
    """What a tool, or a mode of Why, says of the drawing, once it shows it."""
    from PySide6.QtCore import QEventLoop

    from digitpad.ui.explain.tools import WHY_TOOL
    from digitpad.ui.explain.why_panel import WhyPanel
    from digitpad.ui.explain.why_words import WhyMode
    from digitpad.ui.shell.selection import KERNELS_TOOL, UNIT_TOOL

    modes = {mode.value: mode for mode in WhyMode}
    if name in (UNIT_TOOL, KERNELS_TOOL):
        window.session.selection.pin(_some_unit(window.session.layers))
    window.session.selection.open_tool(WHY_TOOL if name in modes else name)
    panel = window.drawer.panel
    assert panel is not None
    if isinstance(panel, WhyPanel) and name in modes:
        panel.choose(modes[name])
    # What the mode before takes may be loaded still, which the window says.
    while panel.is_waiting or window.session.awaited:
        waiting.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    return panel.accessibleDescription()


def _some_unit(layers: tuple[LayerInfo, ...]) -> Unit:
    """One to look into: of the last convolution with maps, else of the first layer."""
    maps = [one for one in layers if one.layer_kind is LayerKind.CONVOLUTION and one.shape[1:]]
    layer = maps[-1] if maps else layers[0]
    if len(layer.shape) == 1:
        return Unit(layer, 0)
    place = (3, 2, 6)
    return Unit(layer, *(min(at, size - 1) for at, size in zip(place, layer.shape, strict=True)))


def mistakes_among_images(
    window: MainWindow, size: tuple[int, int], waiting: QEventLoop
) -> ImageBrowser:
    """The window of the test images with its mistakes shown, once all are read."""
    from digitpad.ui.images.answers import Choice

    browser = window.dialogs.browse()
    if browser is None:
        raise DigitpadError(_("there are no test images in this installation"))
    browser.resize(*size)
    window.session.client.batch_finished.connect(waiting.quit)
    while browser.answers is None and not browser.trouble:
        waiting.processEvents()
    if browser.trouble:
        raise DigitpadError(browser.trouble.rstrip("."))
    waiting.exec()
    browser.choose(Choice(mistakes_only=True))
    waiting.processEvents()
    return browser


def _asking(window: MainWindow, size: tuple[int, int], waiting: QEventLoop) -> tuple[QWidget, str]:
    """The window while it asks what the drawing is."""
    window.actions_by_name["wrong"].trigger()
    waiting.processEvents()
    return window, window.answer_panel.label_row.accessibleName()


def _kept(window: MainWindow, size: tuple[int, int], waiting: QEventLoop) -> tuple[QWidget, str]:
    """The window after the drawing was kept."""
    _use_other_drawings(window)
    window.collection.correcting.filed.connect(waiting.quit)
    window.collection.correcting.label(7)
    waiting.exec()
    waiting.processEvents()
    return window, window.collection.offer.text


def show_drawings(
    window: MainWindow, size: tuple[int, int], waiting: QEventLoop
) -> tuple[QWidget, str]:
    """My drawings, of synthetic handwriting that the network reads."""
    import numpy as np

    from digitpad.core.paths import collection_path
    from digitpad.handwriting.pen_styles import draw_digit
    from digitpad.ui.images.drawings_words import privacy_in_words

    _use_other_drawings(window)
    window.session.client.recognized.connect(waiting.quit)
    rng = np.random.default_rng(_SAMPLES_SEED)
    for _sample in range(_SAMPLES):
        drawn = draw_digit(rng)
        window.session.pad.show_marks(list(drawn.strokes))
        waiting.exec()
        assert drawn.label is not None, "it is a digit"
        window.collection.correcting.label(drawn.label)
    sheet = window.collection.show_sheet()
    sheet.resize(*size)
    keeper = window.collection.correcting.keeper
    while keeper.is_working or len(sheet.shown.entries) < _SAMPLES or sheet.reading.is_reading:
        waiting.processEvents()
    # Where a person's own are.
    sheet.privacy_label.setText(privacy_in_words(collection_path()))
    return sheet, sheet.totals_label.text()


def _game(window: MainWindow, size: tuple[int, int], waiting: QEventLoop) -> tuple[QWidget, str]:
    """The game, with a drawing that was read."""
    marks = list(window.session.pad.drawing.marks)
    window.session.client.recognized.connect(waiting.quit)
    game = window.collection.play()
    game.resize(*size)
    game.begin(seed=0)  # which asks for a 7 first
    window.session.pad.show_marks(marks)
    waiting.exec()
    game.go_on()
    waiting.processEvents()
    return game, game.said_label.text()


def _moment(window: MainWindow, size: tuple[int, int], waiting: QEventLoop) -> tuple[QWidget, str]:
    """The first snapshot of the shipped film that reads the drawing as the last one does."""
    from PySide6.QtCore import QEventLoop

    from digitpad.ui.training.film_panel import FilmPanel

    explained(window, "film", waiting)
    panel = window.drawer.panel
    assert isinstance(panel, FilmPanel)
    answers = list(panel.answers.answers)
    if not answers:
        raise DigitpadError(panel.lines[0].rstrip("."))
    panel.go_to(answers.index(answers[-1]))
    window.session.client.recognized.connect(waiting.quit)
    waiting.exec()
    while panel.is_waiting:
        waiting.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    window.session.flush()
    return window, panel.lines[0]


def _train(window: MainWindow, size: tuple[int, int], waiting: QEventLoop) -> tuple[QWidget, str]:
    """What is asked before a network is trained."""
    from digitpad.ui.training.train_dialog import TrainDialog

    window.actions_by_name["train"].trigger()
    waiting.processEvents()
    (dialog,) = window.findChildren(TrainDialog)
    return dialog, dialog.windowTitle()


def _presented(
    window: MainWindow, size: tuple[int, int], waiting: QEventLoop
) -> tuple[QWidget, str]:
    """The window while it presents the layer that a tool would look into."""
    presentation = window.presentation
    presentation.begin()
    waiting.processEvents()
    # Not as large as the screen.
    window.resize(*size)
    layer = _some_unit(window.session.layers).layer.name
    presentation.go([step.layer for step in presentation.steps].index(layer))
    waiting.processEvents()
    step = presentation.steps[presentation.at]
    return window, f"{step.name}: {step.does}"


def _use_other_drawings(window: MainWindow) -> None:
    """Pictures are of samples, and leave what is the person's own alone."""
    folder = tempfile.TemporaryDirectory(prefix="digitpad-")
    window.destroyed.connect(lambda _window, folder=folder: folder.cleanup())
    window.collection.correcting.keeper.path = Path(folder.name) / "drawings.db"


def _restored(
    window: MainWindow, size: tuple[int, int], waiting: QEventLoop
) -> tuple[QWidget, str]:
    """The drawing as it is back after an end that nobody meant."""
    from digitpad.ink.journal import Journal

    drawing = window.session.pad.drawing
    window.session.client.recognized.connect(waiting.quit)
    with tempfile.TemporaryDirectory() as folder:
        journal = Journal.create(Path(folder))
        journal.begin_with(drawing)
        journal.let_go()
        window.session.pad.start(type(drawing)())
        window.lifetime.keep(Path(folder))
        waiting.exec()
        window.session.flush()
        keeping = window.lifetime.keeping
        assert keeping is not None
        keeping.end(is_saved=True)
    return window, window.offer_bar.text


def _settings(
    window: MainWindow, size: tuple[int, int], waiting: QEventLoop
) -> tuple[QWidget, str]:
    """The settings, as they are at first."""
    dialog = window.lifetime.show_settings()
    waiting.processEvents()
    return dialog, dialog.windowTitle()


def _steps(window: MainWindow, size: tuple[int, int], waiting: QEventLoop) -> tuple[QWidget, str]:
    """The window as it is when it is opened for the first time."""
    window.session.pad.start(Drawing())
    guide = window.lifetime.show_steps()
    guide.flush()
    waiting.processEvents()
    return window, guide.steps.text


SHOWS: dict[str, Show] = {
    "asking": _asking,
    "kept": _kept,
    "drawings": show_drawings,
    "game": _game,
    "teach": teach,
    "lesson": lesson,
    "versions": versions,
    "moment": _moment,
    "train": _train,
    "presented": _presented,
    "restored": _restored,
    "settings": _settings,
    "steps": _steps,
}
"""What --show takes."""
