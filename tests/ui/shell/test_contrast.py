from __future__ import annotations

import numpy as np

from digitpad.ink.drawing import Stroke
from tests.ui.stubs import recognition
from tests.ui.windows import draw, read


def test_the_answer_is_held_against_the_runner_up_by_its_logit(qtbot, window):
    assert window.session.contrast.classes is None
    draw(window)
    # Probabilities of nought cannot tell which class comes second; logits can.
    logits = np.full(10, -50.0, np.float32)
    logits[7], logits[4] = 20.0, -30.0
    shares = np.eye(10, dtype=np.float32)[7]
    read(qtbot, window, 7, logits=logits, probabilities=shares)
    assert window.session.contrast.classes == (7, 4)


def test_a_class_that_was_asked_for_stays_until_the_pad_is_empty(qtbot, window):
    contrast = window.session.contrast
    draw(window)
    read(qtbot, window, 7, second=1)
    with qtbot.waitSignal(contrast.changed):
        contrast.ask(3)
    draw(window)
    read(qtbot, window, 7, second=1)
    assert contrast.classes == (7, 3)
    # It became the answer itself.
    read(qtbot, window, 3, second=7)
    assert contrast.classes == (3, 7)
    window.session.pad.clear()
    qtbot.waitUntil(lambda: window.session.frame is None)
    draw(window)
    read(qtbot, window, 7, second=1)
    assert contrast.classes == (7, 1)


def test_what_is_replayed_leaves_the_classes_those_of_the_drawing(qtbot, window):
    draw(window)
    read(qtbot, window, 7, second=1)
    contrast = window.session.contrast
    assert contrast.classes == (7, 1)
    window.session.pad.replay(lambda scale: window.session.pad._sheet.ink)
    window.session.client.recognized.emit(recognition(4))
    assert contrast.classes == (7, 1)
    window.session.pad.end_replay()
    window.session.client.recognized.emit(recognition(4))
    assert contrast.classes == (4, 5)


def test_another_network_forgets_the_class(qtbot, window):
    window.session.pad.show_marks([Stroke.through([(40, 40), (200, 200)])])
    read(qtbot, window, 7, second=1)
    window.session.contrast.ask(3)
    window.session.client.become_ready()
    assert window.session.contrast.classes == (7, 1)
