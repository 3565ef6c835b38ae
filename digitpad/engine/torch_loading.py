"""PyTorch, loaded behind digits that are read without it, in the recogniser's process."""

from __future__ import annotations

import contextlib
import ctypes
import importlib.util
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from digitpad.core.errors import DigitpadError
from digitpad.core.languages import _
from digitpad.engine.open_networks import OpenedNetworks
from digitpad.engine.opening import NetworkChoice

_SWITCH_S = 0.0005
_SHARED = 0x100  # RTLD_GLOBAL, as PyTorch itself loads what all its libraries need
_LIBRARIES = (
    ("libtorch_global_deps.so", _SHARED),
    ("libtorch_cuda.so", 0),
    ("libtorch_cpu.so", 0),
)


class TorchLoading:
    """PyTorch on its way, with the networks that it is to take over.

    is_begun: whether it was begun. failure: why it cannot be had, once that was found out.
    """

    def __init__(self, device: str, done: Callable[[], None]) -> None:
        """device: one of DEVICE_NAMES, for the networks. done: called in another thread, once all
        is there, or failed."""
        self._device, self._done = device, done
        self._opened: OpenedNetworks | None = None
        self.is_begun = False
        self.failure: DigitpadError | None = None

    @property
    def is_running(self) -> bool:
        """Whether it is on its way."""
        return self.is_begun and self._opened is None and self.failure is None

    def begin(self, choices: Sequence[NetworkChoice]) -> None:
        """Load it and open these networks with it, in a thread of its own; once is enough."""
        if not self.is_begun:
            self.is_begun = True
            threading.Thread(target=self._load, args=(choices,), daemon=True).start()

    def load(self) -> OpenedNetworks:
        """Load it here and now; raises DigitpadError where it cannot be had."""
        self.is_begun = True
        self._open(())
        return self.take()

    def take(self) -> OpenedNetworks:
        """What opens networks with it, those in it that were there as it was begun; raises
        DigitpadError where it cannot be had."""
        if self._opened is None:
            raise self.failure or DigitpadError(_("PyTorch is not loaded yet"))
        return self._opened

    def _load(self, choices: Sequence[NetworkChoice]) -> None:
        with _short_turns():
            _load_libraries()
            self._open(choices)
        self._done()

    def _open(self, choices: Sequence[NetworkChoice]) -> None:
        try:
            from digitpad.nets.recognizer import Recognizer

            opened = OpenedNetworks(self._device, Recognizer)
            for choice in choices:
                # Whoever takes it over hears of the error.
                with contextlib.suppress(DigitpadError):
                    opened.open(choice.weights, choice.net, choice.choices)
            self._opened = opened
        except BaseException as error:  # a broken installation may end in anything
            said = (str(error).strip().splitlines() or [""])[0][:300]
            self.failure = DigitpadError(
                _(
                    "PyTorch cannot be loaded ({why}); installing it again may help: "
                    "pip install --force-reinstall torch"
                ).format(why=f"{type(error).__name__}: {said}")
            )


@contextlib.contextmanager
def _short_turns() -> Iterator[None]:
    """Threads take turns more often: one that reads a digit does not wait long for one that
    imports."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(_SWITCH_S)
    try:
        yield
    finally:
        sys.setswitchinterval(before)


def _load_libraries() -> None:
    """Load PyTorch's largest libraries while other threads run on, as a call of C's own dlopen
    lets them; `import` would hold them all still for a third of a second. They hold nothing of
    Python's."""
    if sys.platform != "linux":
        return
    with contextlib.suppress(Exception):
        spec = importlib.util.find_spec("torch")
        dlopen = ctypes.CDLL(None).dlopen
        dlopen.restype = ctypes.c_void_p
        for folder in spec.submodule_search_locations or () if spec is not None else ():
            for name, mode in _LIBRARIES:
                library = Path(folder, "lib", name)
                if library.exists():
                    dlopen(os.fsencode(library), ctypes.c_int(os.RTLD_NOW | mode))
