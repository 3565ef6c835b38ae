"""What all tests share: no display, the shipped recogniser, drawings, and recognisers that
misbehave."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

# Before anything imports Qt or torch.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["OMP_WAIT_POLICY"] = "PASSIVE"
os.environ["OPENBLAS_NUM_THREADS"] = "1"
# The tests compare what is said in English; those of other languages choose them.
os.environ["DIGITPAD_LANG"] = "en"
for _name in ("QT_SCALE_FACTOR", "QT_SCREEN_SCALE_FACTORS", "QT_FONT_DPI"):
    os.environ.pop(_name, None)

import numpy as np  # noqa: E402
import pytest  # noqa: E402
from hypothesis import settings  # noqa: E402

from digitpad.core import languages  # noqa: E402
from tests.support import FakeRecognizer  # noqa: E402

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from digitpad.datasets import LabelledDigits
    from digitpad.nets.recognizer import Recognizer

# A run repeats the one before: what is found is found again, and a slow machine fails nothing.
settings.register_profile("digitpad", deadline=None, derandomize=True, print_blob=False)
settings.load_profile("digitpad")


@pytest.fixture(scope="session", autouse=True)
def _own_user_folder(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What is remembered is nothing of whoever runs the tests."""
    for kind in ("DATA", "CONFIG", "STATE"):
        os.environ[f"XDG_{kind}_HOME"] = str(tmp_path_factory.mktemp(kind.lower()))


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """A test that chooses another language chooses it for itself alone."""
    yield
    if os.environ["DIGITPAD_LANG"] != "en":
        languages.set_language("en")


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    """The application as the window has it, in place of pytest-qt's own."""
    from digitpad.app import make_application

    return make_application()


@pytest.fixture(scope="session")
def recognizer() -> Recognizer:
    """The shipped LeNet-5 on the CPU."""
    from digitpad.core.paths import shipped_weights
    from digitpad.nets.recognizer import Recognizer

    return Recognizer(shipped_weights(), "cpu")


@pytest.fixture(scope="session")
def test_set() -> LabelledDigits:
    """MNIST's 10,000 test images."""
    from digitpad.datasets import load

    return load("mnist", part="test")


@pytest.fixture(scope="session")
def drawings() -> dict[int, list[np.ndarray]]:
    """Digits drawn by hand: strokes, float32 (n, 2) in pad units, for 0, 1, 2, 3 and 7."""
    turn = np.linspace(-np.pi / 2, 1.5 * np.pi, 40)
    points: dict[int, list] = {
        0: [np.stack([140 + 52 * np.cos(turn), 140 + 82 * np.sin(turn)], axis=1)],
        1: [[(140, 60), (139, 110), (140, 160), (139, 220)]],
        2: [
            [
                (88, 102),
                (94, 76),
                (120, 62),
                (156, 66),
                (176, 90),
                (168, 124),
                (136, 164),
                (88, 214),
                (136, 212),
                (194, 212),
            ]
        ],
        3: [
            [
                (92, 78),
                (130, 60),
                (172, 72),
                (172, 112),
                (132, 132),
                (178, 150),
                (186, 192),
                (146, 222),
                (92, 206),
            ]
        ],
        7: [[(84, 66), (130, 66), (192, 62), (172, 122), (148, 172), (134, 226)]],
    }
    return {
        digit: [np.array(stroke, np.float32) for stroke in strokes]
        for digit, strokes in points.items()
    }


@pytest.fixture
def fake_recognizer(tmp_path: Path) -> Callable[..., FakeRecognizer]:
    """Make a recogniser that behaves so when started first, so when started next ...; the last
    holds on."""

    def make(*behaviours: str) -> FakeRecognizer:
        folder = tmp_path / "recognizer"
        folder.mkdir(exist_ok=True)
        return FakeRecognizer(folder, behaviours or ("steady",))

    return make
