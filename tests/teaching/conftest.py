"""A small replay, and a network that was taught once, for all tests of teaching."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from digitpad.core.constants import NON_DIGIT
from digitpad.core.paths import shipped_weights
from digitpad.ink.drawing import Stroke
from digitpad.ink.kept_drawing import KeptDrawing
from digitpad.teaching.own_drawings import OwnDrawings
from digitpad.teaching.recipe import TeachingRecipe
from digitpad.teaching.replay import Replay, ReplaySizes, load_replay
from digitpad.teaching.teacher import Outcome, Teacher

SIZES = ReplaySizes(150, 100, 40, 150, 100, 50)


@pytest.fixture(scope="session")
def replay(tmp_path_factory) -> Replay:
    """A few hundred digits of each kind."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        return load_replay(SIZES)


@pytest.fixture(scope="session")
def teacher(replay) -> Teacher:
    """The shipped LeNet-5, ready to be taught."""
    return Teacher(shipped_weights(), replay)


def misnamed(drawings, count: int = 1) -> list[KeptDrawing]:
    """Drawings of a 7 that their person calls a 1: read otherwise than labelled."""
    strokes = tuple(Stroke.through(stroke) for stroke in drawings[7])
    return [KeptDrawing(strokes, 1, uid=f"seven-{i}") for i in range(count)]


def scribble() -> KeptDrawing:
    """A drawing that is no digit."""
    points = np.random.default_rng(0).uniform(60, 220, (14, 2))
    return KeptDrawing((Stroke.through(points),), NON_DIGIT, uid="scribble")


@pytest.fixture(scope="session")
def outcome(teacher, drawings) -> Outcome:
    """What came of teaching it that a 7 is a 1."""
    recipe = TeachingRecipe(steps=30, copies=12)
    return teacher.teach(OwnDrawings.of(misnamed(drawings), recipe), recipe)


@pytest.fixture
def strokes_file(tmp_path, drawings) -> Path:
    """The same drawing in a file."""
    from digitpad.ink.strokes_file import write_drawings

    path = tmp_path / "mine.json"
    write_drawings(path, misnamed(drawings))
    return path
