"""What is said of how an answer came about, in whole sentences: templates with names."""

from __future__ import annotations

import math

import numpy as np

from digitpad.core.texts import percent
from digitpad.explain.results import Flip, History
from digitpad.ui.explain.why_words import sentence
from digitpad.ui.style.panel import MINUS

TITLE = "How the answer came about"
AXIS = (
    "log-odds as the drawing grows: 0 is 50 %, +4.6 is 99 %, +6.9 is 99.9 %",
    "log-odds: 0 is 50 %, +4.6 is 99 %",
    "log-odds: 0 is 50 %",
)
FLIP = "here {before} became {after}"
FLIP_SHORT = "{before} \N{RIGHTWARDS ARROW} {after}"
LIFT = "pen lifted"
AT = (
    "After {percent} % of the drawing: {answer}, log-odds {odds} ({probability}).",
    "{percent} %: {answer}, log-odds {odds} ({probability})",
)
AT_REJECTED = (
    "After {percent} % of the drawing: like nothing it learned; nearest {answer}, log-odds {odds}.",
    "{percent} %: like nothing it learned; {answer}, log-odds {odds}",
)
AT_END = (
    "The whole drawing: {answer}, log-odds {odds} ({probability}).",
    "Whole: {answer}, log-odds {odds} ({probability})",
)
AT_END_REJECTED = (
    "The whole drawing: like nothing it learned; nearest {answer}, log-odds {odds}.",
    "Whole: like nothing it learned; {answer}, log-odds {odds}",
)
FRAMED = "Framed on the pad: the field that this step is read in."
NO_FLIPS = "It was {answer} as soon as it was like anything it learned."
REJECTED = "like nothing it learned"
MOST_TOLD = 5
PLAY, PAUSE = "Play", "Pause"
PLAY_TIP, PAUSE_TIP = "Replay the drawing (Space)", "Stop here (Space)"
SLIDER = "How much of the drawing is replayed"
SLIDER_TIP = "Drag, or press left and right; Home and End are its ends"


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
    return forms[0].format(**words), forms[1].format(**words)


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
    """Where the answer became another, in order; the last MOST_TOLD of them."""
    flips = told_flips(history)
    if not flips:
        answer = int(history.readings.logits[-1].argmax())
        return NO_FLIPS.format(answer=classes[answer])
    told = [FLIP.format(before=classes[flip.before], after=classes[flip.after]) for flip in flips]
    return sentence(", ".join(told)) + "."
