"""The application and its window, for the commands, the tests and the benchmarks."""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from digitpad.core import processes
from digitpad.core.errors import DigitpadError
from digitpad.core.languages import _

if TYPE_CHECKING:
    import numpy as np
    from PySide6.QtWidgets import QApplication

    from digitpad.core.weights_record import WeightsRecord
    from digitpad.datasets import LabelledDigits
    from digitpad.datasets.examples import Examples
    from digitpad.ui.shell.main_window import MainWindow
    from digitpad.ui.shell.settings_store import SettingsStore

_PATIENCE_S = 5.0
_PLATFORM_FILES = "Qt/plugins/platforms/libq*.so"


def has_display() -> bool:
    """Whether windows can be shown here: always on macOS and Windows, else where one of the
    platforms that Qt would try answers. Qt ends the process where none does."""
    if sys.platform in ("darwin", "win32"):
        return True
    chosen = os.environ.get("QT_QPA_PLATFORM")
    if not chosen:
        is_wayland = os.environ.get("WAYLAND_DISPLAY") or (
            os.environ.get("XDG_SESSION_TYPE") == "wayland"
        )
        return bool(is_wayland and _wayland_answers()) or _x_server_answers()
    return any(_platform_answers(platform) for platform in chosen.split(";"))


def _platform_answers(platform: str) -> bool:
    """Whether Qt can start on a platform, as QT_QPA_PLATFORM names it: a name, and what it is
    told after a colon."""
    name = platform.partition(":")[0].strip().lower()
    if name == "xcb":
        return _x_server_answers()
    if name.startswith("wayland"):
        return _wayland_answers()
    return _is_platform(name)


def _is_platform(name: str) -> bool:
    """Whether Qt has such a platform; where its files are not found, it is taken to have it."""
    qt = importlib.util.find_spec("PySide6")
    folders = list(qt.submodule_search_locations or ()) if qt is not None else []
    files = [file.stem for folder in folders for file in Path(folder).glob(_PLATFORM_FILES)]
    return not files or f"libq{name}" in files


def _wayland_answers() -> bool:
    """Whether a Wayland compositor listens where this session's should be."""
    if os.environ.get("WAYLAND_SOCKET"):
        return True  # connected already, by who started us
    name = os.environ.get("WAYLAND_DISPLAY") or "wayland-0"
    path = Path(os.environ.get("XDG_RUNTIME_DIR", ""), name)
    if not path.is_absolute():
        return False
    import socket

    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(_PATIENCE_S)
        try:
            connection.connect(str(path))
        except OSError:
            return False
    return True


def _x_server_answers() -> bool:
    """Whether the X server that DISPLAY names lets us in."""
    if not os.environ.get("DISPLAY"):
        return False
    import ctypes

    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True
    xcb.xcb_connect.restype = ctypes.c_void_p
    # The connection stays open: some X servers begin anew when their last client leaves, and turn
    # Qt away meanwhile.
    return not xcb.xcb_connection_has_error(ctypes.c_void_p(xcb.xcb_connect(None, None)))


def make_application() -> QApplication:
    """The application object; raises DigitpadError where Qt cannot be loaded."""
    processes.set_threads()
    try:
        from PySide6.QtCore import QCoreApplication, Qt
        from PySide6.QtGui import QGuiApplication
        from PySide6.QtWidgets import QApplication

        from digitpad.ui.style.spoken_roles import tell_roles
    except ImportError as error:
        raise DigitpadError(
            _("Qt cannot be loaded ({error}); digitpad doctor names what is missing").format(
                error=error
            )
        ) from error
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(
        Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
    )
    QCoreApplication.setApplicationName("digitpad")
    QGuiApplication.setApplicationDisplayName("Digitpad")
    QGuiApplication.setDesktopFileName("digitpad")
    application = QApplication(sys.argv[:1])
    application.setStyle("Fusion")
    tell_roles()
    # Every point that the pen reports shapes the stroke. Not earlier: on X11 Qt sets the first of
    # these as it starts.
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_CompressHighFrequencyEvents, False)
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_CompressTabletEvents, False)
    return application


def make_window(
    weights: Path,
    device: str,
    theme: str | None = None,
    net: str = "",
    record: WeightsRecord | None = None,
    settings: SettingsStore | None = None,
    journals: Path | None = None,
    may_restore: bool = True,
) -> MainWindow:
    """The window with its recogniser, which begins to load once the window is painted.

    net: as RecognizerClient.open_network takes it. record: that of the weights file, whose header
    is read where it is not given; raises DigitpadError where it cannot be. settings: what is
    remembered from one start to the next; without them nothing is. journals: the folder in which
    what is drawn is written down; without it, it is not. may_restore: whether what an earlier
    window left there is put on the pad.
    """
    from PySide6.QtCore import QTimer
    from PySide6.QtGui import QGuiApplication, QIcon

    from digitpad.core.paths import shipped_asset
    from digitpad.engine.client import RecognizerClient
    from digitpad.nets.spec.catalogue import NETWORKS
    from digitpad.nets.spec.installed import installed_networks, untrained_networks
    from digitpad.nets.spec.opened_networks import OpenedList
    from digitpad.nets.spec.record import read_record
    from digitpad.ui.shell.main_window import MainWindow
    from digitpad.ui.style.spoken import speak

    trouble = speak()
    client = RecognizerClient(weights, device, fallback=_fallback(weights), net=net)
    QTimer.singleShot(0, client.start)
    name = net or (record or read_record(weights)).network
    network = NETWORKS.get(name)
    layers = network.layer_infos if network is not None else ()
    window = MainWindow(
        client,
        layers,
        next_example=_Examples().next,
        theme=theme,
        installed=installed_networks,
        load_images=_load_images,
        opened=OpenedList(),
        untrained=untrained_networks,
    )
    client.setParent(window)
    if settings is not None:
        window.lifetime.remember(settings)
    if journals is not None:
        window.lifetime.once_painted(lambda: window.lifetime.keep(journals, may_restore))
    icon = shipped_asset("icon.png")
    if icon is not None:
        # Of the application, so that every window that opens later has it.
        QGuiApplication.setWindowIcon(QIcon(str(icon)))
        window.setWindowIcon(QIcon(str(icon)))
    if trouble:
        print(f"digitpad: {trouble}", file=sys.stderr)
        window.show_notice(trouble)
    return window


def _fallback(weights: Path) -> Path | None:
    from digitpad.core.paths import shipped_weights

    try:
        return shipped_weights()
    except DigitpadError:
        return None


class _Examples:
    """Random test images of any data set, loaded when the first of it is asked for, and never
    downloaded: the window must not wait."""

    def __init__(self) -> None:
        self._of: dict[str, Examples] = {}

    def next(self, dataset: str, class_index: int | None = None) -> tuple[np.ndarray, str]:
        """A test image's ink, uint8 (28, 28), and the name of its class; class_index: the number
        of the class that it shall be of. Raises DigitpadError where the files are not here, or
        there is no such class."""
        from digitpad.datasets.examples import Examples

        examples = self._of.setdefault(dataset, Examples(dataset))
        return examples.next() if class_index is None else examples.of(class_index)


def _load_images(dataset: str) -> LabelledDigits:
    """All test images of a data set; raises DigitpadError where the files are not here."""
    from digitpad.datasets import load

    return load(dataset, part="test", download=False, check_digests=False)
