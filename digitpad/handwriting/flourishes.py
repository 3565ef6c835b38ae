"""What a quick pen adds to the lines of a sign: strokes joined, hooks, tails and loops.

Lines are float64 (n, 2) each, in heights of the sign, y down.
"""

from __future__ import annotations

import math

import numpy as np

from digitpad.handwriting.geometry import cut_normal, directions
from digitpad.handwriting.jitter import HandwritingJitter
from digitpad.ink.curves import evenly

_TAIL_POINTS = 8
_LOOP_SAMPLES = 64
_LOOP_SPAN = 4  # samples on either side of a corner that may belong to it
_LOOP_TURN = 1.75  # radians: a blunter corner is no place for a loop
_LOOP_POINTS = 14


def join_two(
    rng: np.random.Generator, lines: list[np.ndarray], jitter: HandwritingJitter
) -> list[np.ndarray]:
    """The lines, two that follow each other made one where the way between them is short: a pen
    that is not lifted."""
    which = int(rng.integers(len(lines) - 1))
    before, after = lines[which], lines[which + 1]
    way = after[0] - before[-1]
    length = float(np.hypot(*way))
    if length > jitter.joined_gap:
        return lines
    count = max(2, round(length / 0.06))
    share = np.linspace(0, 1, count + 1)[1:-1, None]
    bow = 0.12 * cut_normal(rng) * 4 * share * (1 - share) * np.array([-way[1], way[0]])
    between = before[-1] + share * way + bow
    return [*lines[:which], np.concatenate([before, between, after]), *lines[which + 2 :]]


def add_hook(rng: np.random.Generator, lines: list[np.ndarray], jitter: HandwritingJitter) -> None:
    """Give one end of one of the lines a short way back to one side, in place: a pen that lands or
    leaves."""
    which = int(rng.integers(len(lines)))
    at_start = rng.random() < 0.5
    line = lines[which][::-1] if at_start else lines[which]
    leg = line[-1] - line[-min(3, len(line))]
    angle = math.atan2(leg[1], leg[0]) + rng.choice([-1, 1]) * rng.uniform(
        math.pi / 3, 0.9 * math.pi
    )
    tip = line[-1] + rng.uniform(*jitter.hook) / 100 * np.array([math.cos(angle), math.sin(angle)])
    longer = np.concatenate([line, tip[None]])
    lines[which] = longer[::-1] if at_start else longer


def add_tail(rng: np.random.Generator, lines: list[np.ndarray], jitter: HandwritingJitter) -> None:
    """Let one end of one of the lines go on, bending more and more to one side, in place: a pen
    that swings in or out."""
    which = int(rng.integers(len(lines)))
    at_start = rng.random() < 0.5
    line = lines[which][::-1] if at_start else lines[which]
    leg = line[-1] - line[-min(3, len(line))]
    step = rng.uniform(*jitter.tail) / 100 / _TAIL_POINTS
    bend = jitter.tail_turn * cut_normal(rng) * 2 / _TAIL_POINTS
    angles = math.atan2(leg[1], leg[0]) + 0.25 * cut_normal(rng)
    angles = angles + step * bend * np.cumsum(np.arange(_TAIL_POINTS))
    tail = line[-1] + step * np.cumsum(directions(angles), axis=0)
    longer = np.concatenate([line, tail])
    lines[which] = longer[::-1] if at_start else longer


def looped(rng: np.random.Generator, line: np.ndarray, jitter: HandwritingJitter) -> np.ndarray:
    """The line with a small loop where it turns most sharply, as a round pen makes; a line without
    a sharp turn stays."""
    even = evenly(line, _LOOP_SAMPLES)
    legs = np.diff(even, axis=0)
    angles = np.arctan2(legs[:, 1], legs[:, 0])
    # From some legs before to as many after, so that a rounded corner counts too.
    turns = (angles[2 * _LOOP_SPAN - 1 :] - angles[: 1 - 2 * _LOOP_SPAN] + math.pi) % (
        2 * math.pi
    ) - math.pi
    sharpest = int(np.abs(turns).argmax())
    turned = float(turns[sharpest])
    if abs(turned) < _LOOP_TURN:
        return line
    corner = sharpest + _LOOP_SPAN
    # The other way around: a full circle less the turn.
    around = -math.copysign(2 * math.pi - abs(turned), turned)
    radius = rng.uniform(*jitter.loop) / 100
    ways = directions(angles[sharpest] + around * np.arange(1, _LOOP_POINTS + 1) / _LOOP_POINTS)
    loop = even[corner] + radius * abs(around) / _LOOP_POINTS * np.cumsum(ways, axis=0)
    rest = even[corner + 1 :]
    # What follows makes room, its end the least, so that the digit keeps its place and size.
    moved = rest + (loop[-1] - even[corner]) * np.linspace(1, 0.3, len(rest))[:, None]
    return np.concatenate([even[: corner + 1], loop, moved])
