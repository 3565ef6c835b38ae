"""Questions in parts: the real recogniser answers them between drawings."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from digitpad.core.paths import shipped_weights
from digitpad.core.results import Unit
from digitpad.engine import parted as parted_module
from digitpad.engine.client import RecognizerClient
from digitpad.engine.explanations import (
    HISTORY,
    LAYER_WEIGHTS,
    NORMALISATION,
    PIECES,
    SWEEPS,
    WHY,
)
from digitpad.engine.parted import PartSizes
from digitpad.explain.inputs import activations_of
from digitpad.explain.questions import (
    HistoryQuestion,
    NormalisationQuestion,
    PiecesQuestion,
    SweepQuestion,
    WeightsQuestion,
    WhyQuestion,
)
from digitpad.explain.results import NoReason, Stage, SweepKind
from digitpad.explain.sweeps import STEPS
from digitpad.explain.traces import trace_unit
from digitpad.ink.drawing import PlacedPicture, Stroke
from digitpad.ink.pipeline import drawing_to_digit
from tests.support import PATIENCE_MS

SEVEN = (Stroke.through([(80, 60), (130, 58), (195, 62), (165, 130), (130, 225)]),)


@pytest.fixture(scope="module")
def client(qapp):
    client = RecognizerClient(shipped_weights(), "cpu")
    client.start()
    yield client
    client.close()


def answer_to(qtbot, ask, *question):
    """What is answered to a question; a refusal fails."""
    told: list = []
    ask(*question, lambda answer: told.append(answer), lambda why: told.append(why))
    qtbot.waitUntil(lambda: bool(told), timeout=PATIENCE_MS)
    assert not isinstance(told[0], str), told[0]
    return told[0]


def test_a_unit_is_taken_apart_from_what_crossed_the_pipe(qtbot, client):
    digit = drawing_to_digit(SEVEN)
    with qtbot.waitSignal(client.recognized, timeout=PATIENCE_MS) as read:
        client.recognize(digit)
    info = client._conversation.infos["network"]
    for layer in info.layers:
        weights = answer_to(qtbot, client.ask, LAYER_WEIGHTS, WeightsQuestion(layer.name, 3))
        unit = Unit(layer, 3, *(1, 2)[: 2 * (len(layer.shape) == 3)])
        trace = trace_unit(unit, weights, activations_of(read.args[0], digit, info, weights))
        assert abs(trace.value - trace.shown) < 1e-5 * max(1, abs(trace.total))


def test_why_adds_up(qtbot, client):
    digit = drawing_to_digit(SEVEN)
    for is_random in (False, True):
        question = WhyQuestion(digit, 7, 1, is_random)
        found = answer_to(qtbot, client.explanations.ask, WHY, question)
        assert found.adds_up and found.is_random is is_random and found.reason is None
    blank = WhyQuestion(np.zeros((28, 28), np.float32), 7, 1)
    assert answer_to(qtbot, client.explanations.ask, WHY, blank).reason is NoReason.EMPTY


def test_pieces_history_normalisation_and_sweeps_come_whole(qtbot, client):
    pieces = answer_to(qtbot, client.explanations.ask, PIECES, PiecesQuestion(SEVEN))
    count = len(pieces.pieces)
    assert 8 <= count <= 16 and len(pieces.held) == len(pieces.anew) == count
    history = answer_to(qtbot, client.explanations.ask, HISTORY, HistoryQuestion(SEVEN, 70))
    assert len(history.lengths) == len(history.readings) == len(history.log_odds) == 70
    assert np.allclose(history.readings.logits[-1], pieces.whole.logits[0], atol=1e-4)
    kinds = (SweepKind.SHIFT_X, SweepKind.SHEAR)
    sweeps = answer_to(qtbot, client.explanations.ask, SWEEPS, SweepQuestion(SEVEN, kinds))
    assert [sweep.kind for sweep in sweeps] == list(kinds)
    assert all(len(sweep.readings) == STEPS for sweep in sweeps)
    stages = answer_to(qtbot, client.ask, NORMALISATION, NormalisationQuestion(SEVEN))
    assert stages.stages == (Stage.PAD, Stage.BOX, Stage.SMALL, Stage.CENTRED)
    assert np.allclose(stages.readings.logits[-1], pieces.whole.logits[0], atol=1e-4)


def test_what_cannot_be_explained_is_told_at_once(qtbot, client):
    told: list = []
    picture = (PlacedPicture.fitted(np.full((9, 9), 255, np.uint8)),)
    ask = client.explanations.ask
    for marks, parted, question, reason in (
        ((), PIECES, PiecesQuestion, NoReason.EMPTY),
        ((), SWEEPS, SweepQuestion, NoReason.EMPTY),
        (picture, HISTORY, HistoryQuestion, NoReason.NO_STROKES),
        ((Stroke.through([(5, 5)]),), PIECES, PiecesQuestion, NoReason.TOO_LITTLE),
        ((Stroke.through([(5, 5)]),), HISTORY, HistoryQuestion, NoReason.TOO_LITTLE),
        (SEVEN * 201, HISTORY, HistoryQuestion, NoReason.TOO_LARGE),
    ):
        ask(parted, question(marks), told.append)
        found = told.pop()
        assert (found[0] if isinstance(found, tuple) else found).reason is reason


def test_what_has_no_stages_says_why(qtbot, client):
    for marks, reason in (((), NoReason.EMPTY), (SEVEN * 201, NoReason.TOO_LARGE)):
        found = answer_to(qtbot, client.ask, NORMALISATION, NormalisationQuestion(marks))
        assert found.reason is reason and not found.stages and not len(found.readings)


def test_drawings_are_read_between_the_parts(qtbot, client, monkeypatch):
    monkeypatch.setattr(parted_module, "_CHUNK_MS", 0.0)
    client.explanations.forget_speed()
    order: list[str] = []
    client.recognized.connect(lambda _: order.append("drawing"))
    client.explanations.ask(
        SWEEPS, SweepQuestion(SEVEN, (SweepKind.SIZE,)), lambda _: order.append("sweep")
    )
    client.recognize(drawing_to_digit(SEVEN))
    qtbot.waitUntil(lambda: "sweep" in order, timeout=PATIENCE_MS)
    assert order[0] == "drawing"


def test_the_newest_of_a_kind_wins_and_a_stopped_one_is_not_heard_of(qtbot, client):
    told: list[int] = []
    for steps in (30, 40):
        client.explanations.ask(
            HISTORY, HistoryQuestion(SEVEN, steps), lambda found: told.append(len(found.lengths))
        )
    client.explanations.ask(PIECES, PiecesQuestion(SEVEN), lambda _: told.append(-1))
    client.explanations.stop(PIECES)
    qtbot.waitUntil(lambda: bool(told), timeout=PATIENCE_MS)
    answer_to(qtbot, client.ask, NORMALISATION, NormalisationQuestion(SEVEN))
    assert told == [40]


def test_stopping_a_batch_leaves_explanations_alone(qtbot, client):
    told: list[object] = []
    client.explanations.ask(HISTORY, HistoryQuestion(SEVEN), told.append)
    client.read_batch(np.zeros((600, 28, 28), np.uint8))
    client.stop_batch()
    qtbot.waitUntil(lambda: bool(told), timeout=PATIENCE_MS)


def test_it_goes_on_where_it_was_when_the_process_dies(qtbot, client):
    told: list[object] = []
    client.explanations.forget_speed()
    client.explanations.ask(SWEEPS, SweepQuestion(SEVEN), told.append)
    with qtbot.waitSignal(client.ready, timeout=PATIENCE_MS):
        client._process._process.kill()
    qtbot.waitUntil(lambda: bool(told), timeout=PATIENCE_MS)
    (sweeps,) = told
    assert len(sweeps) == len(SweepKind)


def test_parts_grow_with_a_fast_network_and_shrink_with_a_slow_one():
    sizes = PartSizes()
    assert sizes.of(PIECES) == PIECES.first_part
    sizes.learn(PIECES, 12, 1.0)
    assert sizes.of(PIECES) == 48
    sizes.learn(PIECES, 48, 960.0)
    assert sizes.of(PIECES) == 4 and sizes.of(HISTORY) == HISTORY.first_part
    sizes.learn(PIECES, 4, 100_000.0)
    assert sizes.of(PIECES) == 1
    sizes.forget()
    assert sizes.of(PIECES) == replace(PIECES).first_part


def test_a_long_drawing_is_asked_about_in_smaller_parts_than_a_short_one_was():
    long = PiecesQuestion((Stroke.through([(10, 10), (270, 10)] * 20),))
    sizes = PartSizes()
    assert PIECES.weight(long) > 12 and PIECES.weight(PiecesQuestion(SEVEN)) < 2
    assert sizes.of(PIECES, PIECES.weight(long)) == 1
    # What was learned of a short one holds for a long one in proportion, and the other way round.
    sizes.learn(PIECES, 48, 80.0, 1.5)
    assert (sizes.of(PIECES, 1.5), sizes.of(PIECES, 12.0)) == (48, 6)
    sizes.learn(PIECES, 6, 160.0, 12.0)
    assert (sizes.of(PIECES, 12.0), sizes.of(PIECES, 1.5)) == (3, 24)
