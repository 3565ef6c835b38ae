"""HandwritingJitter: one template becomes as many drawings as there are hands and moods."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from digitpad.handwriting.templates import Template, sample
from digitpad.ink.curves import evenly

_FINE_REACH = 13.0
_COARSE_REACH = 45.0
_ROUNDING_REACH = 5.0
_END_REACH = 22.0
_TAIL_POINTS = 8
_LOOP_SAMPLES = 64
_LOOP_REACH = 4  # samples on either side of a corner that may belong to it
_LOOP_TURN = 1.75  # radians: a blunter corner is no place for a loop
_LOOP_POINTS = 14


@dataclass(frozen=True)
class HandwritingJitter:
    """How far a drawing departs from its template, and why: the hand's part (here) and the tablet's
    (handwriting/tablets.py).

    Lengths are in hundredths of the template's height; a spread is a standard deviation, cut at 2.5
    of them; a share is the part of all drawings that has the deformation. The spreads marked (s)
    are multiplied by the drawing's sloppiness and the template's calm.
    """

    sloppiness: tuple[float, float] = (0.4, 2.7)
    """Log-uniform: the same person writes neatly or in a hurry, and then everything moves more."""
    shape_spread: float = 2.6
    """(s) Neighbouring points move together, over half a height: everybody's 3 has its own
    proportions."""
    point_spread: float = 1.5
    """(s) Points move on their own, a tenth of a height away others do not follow: the hand is not
    exact. Points that meet stay together.
    """
    bow_spread: float = 0.05
    """(s) Straight lines bend to one side, by this part of their length: a hand turns about the
    wrist."""
    rounding_share: float = 0.5
    """Corners rounded: a quick pen does not stop in them."""
    end_spread: float = 3.5
    """(s) Strokes end too early or too late, along the stroke; across it by half of that."""
    gap_spread: float = 1.7
    """(s) Whole strokes of a sign with several are moved: they do not quite meet, or cross."""
    loose_share: float = 0.5
    loose_shift: float = 5.5
    loose_turn_deg: float = 8.0
    loose_length: float = 0.13
    """Drawings whose second and later strokes are set down as the hand happens to land, by the
    template's calm alone: moved, turned, and longer or shorter by this part. A 7 is crossed
    anywhere, the bar of a 5 floats."""
    joined_share: float = 0.12
    joined_reach: float = 0.55
    """The pen is not lifted between two strokes that are no farther apart than this part of the
    height: a hand in a hurry, or a tablet that does not notice. Farther ones stay apart: a 4
    whose bar runs back up to its top is a 9."""
    hook_share: float = 0.12
    hook: tuple[float, float] = (2.0, 9.0)
    """A small hook where the pen lands or leaves: it touches the glass before it writes, or
    slips away. The calmer a template must stay, the fewer have it."""
    tail_share: float = 0.25
    tail: tuple[float, float] = (6.0, 22.0)
    tail_turn: float = 7.0
    """Drawings one of whose ends runs on in a curve: a hand that swings in or out. It sets off
    within some 0.25 radians of the stroke's direction and bends more and more; its mean
    curvature, in radians a height, has the spread tail_turn. The calmer a template must stay,
    the fewer have it."""
    loop_share: float = 0.35
    loop: tuple[float, float] = (2.0, 7.0)
    """Drawings whose strokes may turn with a small loop, of this radius, where they would turn
    most sharply: a round hand does not stop there. Each stroke with such a corner does so in
    half of them. The calmer a template must stay, the fewer have it."""
    halves_spread: float = 0.14
    """(s) The upper half is wider than the lower one by this part, or narrower."""
    waist_spread: float = 0.05
    """(s) The middle moves up or down, and one half grows at the other's cost."""
    warp_spread: float = 2.2
    """(s) The plane is bent by two slow waves: what straight writing on a slippery screen turns
    into."""
    aspect_spread: float = 0.24
    """The logarithm of the width: narrow and wide hands."""
    slant_mean: float = 0.07
    slant_spread: float = 0.18
    """Shear, positive to the right, as most right-handed people write; cut at -0.3 and 0.5."""
    rotation_spread: float = 5.0
    """Degrees; a tablet is not held straight."""
    turned_share: float = 0.33
    """Drawings turned by anything up to 15 degrees."""
    tremor_share: float = 0.15
    tremor: tuple[float, float] = (0.3, 1.1)
    """A finger, a mouse or an old hand shakes."""
    sparse_share: float = 0.22
    sparse_points: tuple[int, int] = (8, 40)
    """Slow tablets report few points a drawing; a third of these are joined by straight lines, the
    others as the pad does.
    """
    pressure_share: float = 0.35
    pressure_spread: float = 0.13
    """Pens that report pressure: it wanders, and often tapers where the pen lands and leaves."""
    skip_share: float = 0.04
    """The pen loses touch for 3 to 8 hundredths of the line."""
    dot_share: float = 0.04
    """A stray dot, at most half a pen wide, close to the drawing: a resting hand or a tap."""
    reversed_share: float = 0.2
    """Strokes drawn from the other end: the ink is the same, the points are not."""
    pen_width: tuple[float, float] = (0.115, 0.28)
    """Median and logarithmic spread of the pen's width as a part of the height: most pads give 8
    to 18 %."""
    pen_limits: tuple[float, float] = (0.035, 0.36)
    """The limits lie beyond the 4 to 30 % that are to be read, so that these are no edge."""
    extreme_pen_share: float = 0.5
    """Drawings whose pen has any width between the limits; markers come more often, since they
    hide more of a digit's shape."""
    hairline_share: float = 0.1
    hairline: float = 0.08
    """Drawings with a pen from the thinnest up to this: a line of a pixel or so in the network's
    input."""
    size: tuple[float, float] = (0.12, 0.95)
    """The longer side as a part of the pad."""
    cut_share: float = 0.25
    """Drawings that may lie so close to the pad's edge that up to half the pen's width is cut
    off there. People take care to stay on the pad, so the others do, too, where there is room: a
    wide pen would lose half its line."""


DEFORMATIONS = HandwritingJitter()


class Skeleton:
    """What a template's deformations need and what never changes: computed once for a template.

    template: where it comes from. slices: each stroke's part of the samples.
    """

    def __init__(self, template: Template) -> None:
        self.template = template
        sampled = [sample(stroke) for stroke in template.strokes]
        controls = np.concatenate([stroke.points for stroke in template.strokes])
        top, height = controls[:, 1].min(), np.ptp(controls[:, 1])
        self._controls = controls
        self._middle = np.array(
            [(controls[:, 0].min() + controls[:, 0].max()) / 2, top + height / 2]
        )
        self._height = max(height, float(np.ptp(controls[:, 0])) / 2)
        sizes = [len(one.arc) for one in sampled]
        starts = np.cumsum([0, *sizes])
        self.slices = tuple(slice(a, b) for a, b in pairwise(starts))
        columns = np.cumsum([0, *(len(stroke.points) for stroke in template.strokes)])
        self._basis = np.zeros((starts[-1], columns[-1]))
        self._rounding = np.zeros((starts[-1], starts[-1]))
        self._near_start = np.zeros((starts[-1], len(sampled)))
        self._near_end = np.zeros((starts[-1], len(sampled)))
        bows = []
        for i, (one, where) in enumerate(zip(sampled, self.slices, strict=True)):
            self._basis[where, columns[i] : columns[i + 1]] = one.basis
            self._rounding[where, where] = _rounding(one.arc)
            reach = min(_END_REACH, one.arc[-1] / 2)
            self._near_start[where, i] = (1 - one.arc / reach).clip(0)
            self._near_end[where, i] = (1 - (one.arc[-1] - one.arc) / reach).clip(0)
            line = one.basis @ template.strokes[i].points
            for piece in range(one.straight.max() + 1):
                inside = one.straight == piece
                start, end = np.flatnonzero(inside)[0] - 1, np.flatnonzero(inside)[-1]
                leg = line[end] - line[start]
                bow = np.zeros((starts[-1], 2))
                bow[where][inside] = (4 * one.share * (1 - one.share))[inside, None] * np.array(
                    [-leg[1], leg[0]]
                )
                bows.append(bow.ravel())
        self._bows = np.stack(bows, axis=1) if bows else np.zeros((starts[-1] * 2, 0))
        self._coarse = _correlated(controls, _COARSE_REACH)
        self._fine = _correlated(controls, _FINE_REACH)
        self._arcs = [one.arc for one in sampled]

    def line(self) -> list[np.ndarray]:
        """The template undeformed: float64 (m, 2) for each stroke, in hundredths of its height."""
        samples = self._basis @ self._controls
        return [samples[where] for where in self.slices]

    def deformed(
        self, rng: np.random.Generator, table: HandwritingJitter = DEFORMATIONS
    ) -> list[np.ndarray]:
        """The strokes as another hand writes them: float64 (m, 2) each, around the origin, in
        heights of the template.
        """
        calm = self.template.calm
        sloppy = calm * np.exp(
            rng.uniform(np.log(table.sloppiness[0]), np.log(table.sloppiness[1]))
        )
        strokes, points = len(self.slices), len(self._controls)
        moves = self._coarse @ cut_normal(rng, (points, 2)) * table.shape_spread
        moves += self._fine @ cut_normal(rng, (points, 2)) * table.point_spread
        at = self._basis @ (self._controls + sloppy * moves)
        if self._bows.shape[1]:
            at += (
                self._bows @ (sloppy * table.bow_spread * cut_normal(rng, self._bows.shape[1]))
            ).reshape(at.shape)
        if rng.random() < table.rounding_share:
            at += rng.random() * (self._rounding @ at - at)
        at += self._moved_ends(rng, at, sloppy * table.end_spread)
        if strokes > 1:
            shifts = sloppy * table.gap_spread * cut_normal(rng, (strokes, 2))
            for where, shift in zip(self.slices, shifts, strict=True):
                at[where] += shift
            if rng.random() < table.loose_share:
                _loosen(rng, at, self.slices, calm, table)
        at -= self._middle
        at /= self._height
        _bend(rng, at, sloppy, table)
        at = at @ self._affine(rng, calm, table)
        lines = [at[where] for where in self.slices]
        if strokes > 1 and rng.random() < table.joined_share:
            lines = _joined(rng, lines, table)
        if rng.random() < table.hook_share * calm:
            _hook(rng, lines, table)
        if rng.random() < table.tail_share * calm:
            _run_on(rng, lines, table)
        if rng.random() < table.loop_share * calm:
            lines = [_looped(rng, line, table) if rng.random() < 0.5 else line for line in lines]
        return lines

    def _moved_ends(self, rng: np.random.Generator, at: np.ndarray, spread: float) -> np.ndarray:
        amounts = spread * cut_normal(rng, (4, len(self.slices)))
        move = np.zeros_like(at)
        for i, where in enumerate(self.slices):
            line = at[where]
            near = min(2, len(line) - 1)
            for tip, behind, weights, along, across in (
                (line[0], line[near], self._near_start, amounts[0, i], amounts[1, i]),
                (line[-1], line[-1 - near], self._near_end, amounts[2, i], amounts[3, i]),
            ):
                leg = tip - behind
                leg = leg / max(float(np.sqrt(leg @ leg)), 1e-6)
                move[where] += weights[where, i, None] * (
                    along * leg + 0.5 * across * np.array([-leg[1], leg[0]])
                )
        return move

    def _affine(
        self, rng: np.random.Generator, calm: float, table: HandwritingJitter
    ) -> np.ndarray:
        width = np.exp(table.aspect_spread * cut_normal(rng))
        slant = (
            float(np.clip(table.slant_mean + table.slant_spread * cut_normal(rng), -0.3, 0.5))
            * calm
        )
        if rng.random() < table.turned_share:
            degrees = rng.uniform(-15.0, 15.0)
        else:
            degrees = float(np.clip(table.rotation_spread * cut_normal(rng), -15.0, 15.0))
        return np.array([[width, 0.0], [-slant, 1.0]]) @ turn(math.radians(degrees * calm))


def _loosen(
    rng: np.random.Generator,
    at: np.ndarray,
    slices: tuple[slice, ...],
    calm: float,
    table: HandwritingJitter,
) -> None:
    """Every stroke but the first set down elsewhere, otherwise turned and of another length, in
    place."""
    for where in slices[1:]:
        line = at[where]
        middle = (line.min(axis=0) + line.max(axis=0)) / 2
        turned = turn(math.radians(calm * table.loose_turn_deg * float(cut_normal(rng))))
        longer = np.exp(calm * table.loose_length * cut_normal(rng))
        at[where] = (
            (line - middle) @ turned * longer
            + middle
            + calm * table.loose_shift * cut_normal(rng, 2)
        )


def _joined(
    rng: np.random.Generator, lines: list[np.ndarray], table: HandwritingJitter
) -> list[np.ndarray]:
    """Two strokes, one after the other, made one where the way between them is short."""
    which = int(rng.integers(len(lines) - 1))
    before, after = lines[which], lines[which + 1]
    way = after[0] - before[-1]
    length = float(np.hypot(*way))
    if length > table.joined_reach:
        return lines
    count = max(2, round(length / 0.06))
    share = np.linspace(0, 1, count + 1)[1:-1, None]
    bow = 0.12 * cut_normal(rng) * 4 * share * (1 - share) * np.array([-way[1], way[0]])
    between = before[-1] + share * way + bow
    return [*lines[:which], np.concatenate([before, between, after]), *lines[which + 2 :]]


def _hook(rng: np.random.Generator, lines: list[np.ndarray], table: HandwritingJitter) -> None:
    """One end of one line gets a short way back to one side, in place; lines are in heights."""
    which = int(rng.integers(len(lines)))
    at_start = rng.random() < 0.5
    line = lines[which][::-1] if at_start else lines[which]
    leg = line[-1] - line[-min(3, len(line))]
    angle = math.atan2(leg[1], leg[0]) + rng.choice([-1, 1]) * rng.uniform(
        math.pi / 3, 0.9 * math.pi
    )
    tip = line[-1] + rng.uniform(*table.hook) / 100 * np.array([math.cos(angle), math.sin(angle)])
    hooked = np.concatenate([line, tip[None]])
    lines[which] = hooked[::-1] if at_start else hooked


def _run_on(rng: np.random.Generator, lines: list[np.ndarray], table: HandwritingJitter) -> None:
    """One end of one line goes on, bending more and more to one side, in place; lines are in
    heights."""
    which = int(rng.integers(len(lines)))
    at_start = rng.random() < 0.5
    line = lines[which][::-1] if at_start else lines[which]
    leg = line[-1] - line[-min(3, len(line))]
    step = rng.uniform(*table.tail) / 100 / _TAIL_POINTS
    bend = table.tail_turn * cut_normal(rng) * 2 / _TAIL_POINTS
    angles = math.atan2(leg[1], leg[0]) + 0.25 * cut_normal(rng)
    angles = angles + step * bend * np.cumsum(np.arange(_TAIL_POINTS))
    tail = line[-1] + step * np.cumsum(_directions(angles), axis=0)
    longer = np.concatenate([line, tail])
    lines[which] = longer[::-1] if at_start else longer


def _looped(rng: np.random.Generator, line: np.ndarray, table: HandwritingJitter) -> np.ndarray:
    """The line, in heights, with a small loop where it turns most sharply; a line without a
    sharp turn stays."""
    even = evenly(line, _LOOP_SAMPLES)
    legs = np.diff(even, axis=0)
    angles = np.arctan2(legs[:, 1], legs[:, 0])
    # From some legs before to as many after, so that a rounded corner counts too.
    turns = (angles[2 * _LOOP_REACH - 1 :] - angles[: 1 - 2 * _LOOP_REACH] + math.pi) % (
        2 * math.pi
    ) - math.pi
    sharpest = int(np.abs(turns).argmax())
    turned = float(turns[sharpest])
    if abs(turned) < _LOOP_TURN:
        return line
    corner = sharpest + _LOOP_REACH
    # The other way around: a full circle less the turn.
    around = -math.copysign(2 * math.pi - abs(turned), turned)
    radius = rng.uniform(*table.loop) / 100
    ways = _directions(angles[sharpest] + around * np.arange(1, _LOOP_POINTS + 1) / _LOOP_POINTS)
    loop = even[corner] + radius * abs(around) / _LOOP_POINTS * np.cumsum(ways, axis=0)
    rest = even[corner + 1 :]
    # What follows makes room, its end the least, so that the digit keeps its place and size.
    moved = rest + (loop[-1] - even[corner]) * np.linspace(1, 0.3, len(rest))[:, None]
    return np.concatenate([even[: corner + 1], loop, moved])


def _directions(angles: np.ndarray) -> np.ndarray:
    """Unit vectors (n, 2) for angles (n,) in radians."""
    return np.column_stack([np.cos(angles), np.sin(angles)])


def turn(angle: float) -> np.ndarray:
    """The matrix (2, 2) that turns row vectors by radians, clockwise as seen, y being down."""
    return np.array([[math.cos(angle), math.sin(angle)], [-math.sin(angle), math.cos(angle)]])


def cut_normal(rng: np.random.Generator, shape: int | tuple[int, ...] | None = None) -> np.ndarray:
    """Normal numbers, cut at 2.5: nobody is that far from everybody else."""
    return np.clip(rng.standard_normal(shape), -2.5, 2.5)


def _correlated(points: np.ndarray, reach: float) -> np.ndarray:
    """A factor that makes independent numbers alike where points are closer than reach, and the
    same where they coincide.
    """
    gaps = ((points[:, None] - points[None]) ** 2).sum(axis=2)
    values, vectors = np.linalg.eigh(np.exp(-gaps / (2 * reach * reach)))
    return (vectors * np.sqrt(values.clip(0))) @ vectors.T


def _rounding(arc: np.ndarray) -> np.ndarray:
    """Weights that average a line over its neighbourhood, which shrinks to nothing at its ends so
    that they stay.
    """
    apart = np.abs(arc[:, None] - arc[None])
    room = np.minimum(arc, arc[-1] - arc)[:, None]
    weights = np.where(apart <= room + 1e-9, np.exp(-((apart / _ROUNDING_REACH) ** 2) / 2), 0.0)
    return weights / weights.sum(axis=1, keepdims=True)


def _bend(
    rng: np.random.Generator, at: np.ndarray, sloppy: float, table: HandwritingJitter
) -> None:
    """Unequal halves and two slow waves, in place; at is around the origin, its height 1."""
    halves, waist = sloppy * cut_normal(rng, 2) * (table.halves_spread, table.waist_spread)
    at[:, 0] *= 1 - 2 * np.clip(halves, -0.3, 0.3) * at[:, 1]
    at[:, 1] += np.clip(waist, -0.12, 0.12) * np.cos(np.pi * at[:, 1].clip(-0.5, 0.5))
    waves = rng.uniform(-1.2, 1.2, (2, 2))
    phases = rng.uniform(0, 2 * np.pi, 2)
    sizes = sloppy * table.warp_spread / 100 * cut_normal(rng, (2, 2))
    at += np.sin(at @ (2 * np.pi * waves) + phases) @ sizes
