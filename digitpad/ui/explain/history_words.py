"""What is said of how an answer came about, in whole sentences: templates with names."""

from __future__ import annotations

import math

import numpy as np

from digitpad.core.languages import N_, _
from digitpad.core.texts import percent
from digitpad.explain.results import Flip, History
from digitpad.ui.explain.why_words import sentence
from digitpad.ui.style.panel import MINUS

TITLE = N_("How the answer came about")
AXIS = (
    N_("log-odds as the drawing grows: 0 is 50 %, +4.6 is 99 %, +6.9 is 99.9 %"),
    N_("log-odds: 0 is 50 %, +4.6 is 99 %"),
    N_("log-odds: 0 is 50 %"),
)
FLIP = N_("here {before} became {after}")
FLIP_SHORT = "{before} \N{RIGHTWARDS ARROW} {after}"
LIFT = N_("pen lifted")
AT = (
    N_("After {percent} % of the drawing: {answer}, log-odds {odds} ({probability})."),
    N_("{percent} %: {answer}, log-odds {odds} ({probability})"),
)
AT_REJECTED = (
    N_(
        "After {percent} % of the drawing: like nothing it learned; nearest "
        "{answer}, log-odds {odds}."
    ),
    N_("{percent} %: like nothing it learned; {answer}, log-odds {odds}"),
)
AT_END = (
    N_("The whole drawing: {answer}, log-odds {odds} ({probability})."),
    N_("Whole: {answer}, log-odds {odds} ({probability})"),
)
AT_END_REJECTED = (
    N_("The whole drawing: like nothing it learned; nearest {answer}, log-odds {odds}."),
    N_("Whole: like nothing it learned; {answer}, log-odds {odds}"),
)
FRAMED = N_("Framed on the pad: the field that this step is read in.")
NO_FLIPS = N_("It was {answer} as soon as it was like anything it learned.")
REJECTED = N_("like nothing it learned")
PLAY, PAUSE = N_("Play"), N_("Pause")
PLAY_TIP, PAUSE_TIP = N_("Replay the drawing (Space)"), N_("Stop here (Space)")
SLIDER = N_("How much of the drawing is replayed")
SLIDER_TIP = N_("Drag, or press left and right; Home and End are its ends")


def odds_text(odds: float) -> str:
    """Log-odds with their sign and one decimal."""
    return f"{odds:+.1f}".replace("-", MINUS)


def step_texts(history: History, step: int, classes: tuple[str, ...]) -> tuple[str, str]:
    """What the drawing was read as at a step, in a long and a short form."""
    answer = int(history.readings.logits[step].argmax())
    share = round(100 * float(history.lengths[step]) / max(float(history.lengths[-1]), 1e-9))
    forms = AT if history.readings.accepted[step] else AT_REJECTED
    if step == len(history.lengths) - 1:
        forms = AT_END if history.readings.accepted[step] else AT_END_REJECTED
    odds = float(history.log_odds[step, answer])
    words = {
        "percent": share,
        "answer": classes[answer],
        "odds": odds_text(odds),
        "probability": percent(1.0 / (1.0 + math.exp(-max(odds, -700.0)))),
    }
    return _(forms[0]).format(**words), _(forms[1]).format(**words)


def told_flips(history: History) -> tuple[Flip, ...]:
    """Where one answer that was accepted gave way to another; what is rejected is no answer. Of a
    drawing that never was accepted, all changes of the likeliest class."""
    accepted = np.flatnonzero(history.readings.accepted)
    if not len(accepted):
        return history.flips
    answers = history.readings.logits[accepted].argmax(axis=1)
    return tuple(
        Flip(int(accepted[place]), int(answers[place - 1]), int(answers[place]))
        for place in np.flatnonzero(np.diff(answers)) + 1
    )


def rejected_spans(history: History) -> list[tuple[int, int]]:
    """From which step to which the drawing was rejected, both included."""
    rejected = np.concatenate([[False], ~history.readings.accepted, [False]])
    edges = np.flatnonzero(np.diff(rejected.astype(int)))
    return [(int(start), int(end) - 1) for start, end in edges.reshape(-1, 2)]


def flips_text(history: History, classes: tuple[str, ...]) -> str:
    """Where the answer became another, in order."""
    flips = told_flips(history)
    if not flips:
        answer = int(history.readings.logits[-1].argmax())
        return _(NO_FLIPS).format(answer=classes[answer])
    told = [
        _(FLIP).format(before=classes[flip.before], after=classes[flip.after]) for flip in flips
    ]
    return _("{flips}.").format(flips=sentence(_(", ").join(told)))
