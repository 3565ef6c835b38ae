"""A template as lines to be jittered: the shape of its strokes, what they meet in and where they
lie."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np

from digitpad.handwriting.flourishes import add_hook, add_tail, join_two, looped
from digitpad.handwriting.geometry import cut_normal, turn
from digitpad.handwriting.jitter import DEFAULT_JITTER, HandwritingJitter
from digitpad.handwriting.templates import Template, sample

# In hundredths of the template's height: how far apart points still move together, how far rounding
# looks, and how much of a stroke an end takes along.
_FINE_RANGE = 13.0
_COARSE_RANGE = 45.0
_ROUNDING_RANGE = 5.0
_END_RANGE = 22.0


class Skeleton:
    """A template made ready to be jittered as often as wanted.

    template: what it was made of. slices: each stroke's part of the samples.

    Samples are (m, 2), those of all strokes in one array, and linear in the template's control
    points (n, 2): what never changes is computed once, as matrices, so that a drawing costs a few
    products.
    """

    def __init__(self, template: Template) -> None:
        """Sample a template's strokes and find what its jitter needs."""
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
            taken = min(_END_RANGE, one.arc[-1] / 2)
            self._near_start[where, i] = (1 - one.arc / taken).clip(0)
            self._near_end[where, i] = (1 - (one.arc[-1] - one.arc) / taken).clip(0)
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
        self._coarse = _correlated(controls, _COARSE_RANGE)
        self._fine = _correlated(controls, _FINE_RANGE)

    def line(self) -> list[np.ndarray]:
        """The template as it is: float64 (m, 2) for each stroke, in hundredths of its height."""
        samples = self._basis @ self._controls
        return [samples[where] for where in self.slices]

    def jittered(
        self, rng: np.random.Generator, jitter: HandwritingJitter = DEFAULT_JITTER
    ) -> list[np.ndarray]:
        """The strokes as another writer makes them: float64 (m, 2) each, around the origin, in
        heights of the template.

        Always the same strokes for the same state of rng.
        """
        own_scale = self.template.jitter_scale
        low, high = jitter.scale
        scale = own_scale * np.exp(rng.uniform(np.log(low), np.log(high)))
        strokes, points = len(self.slices), len(self._controls)
        moves = self._coarse @ cut_normal(rng, (points, 2)) * jitter.shape_spread
        moves += self._fine @ cut_normal(rng, (points, 2)) * jitter.point_spread
        at = self._basis @ (self._controls + scale * moves)
        if self._bows.shape[1]:
            at += (
                self._bows @ (scale * jitter.bow_spread * cut_normal(rng, self._bows.shape[1]))
            ).reshape(at.shape)
        if rng.random() < jitter.rounding_share:
            at += rng.random() * (self._rounding @ at - at)
        at += self._moved_ends(rng, at, scale * jitter.end_spread)
        if strokes > 1:
            shifts = scale * jitter.gap_spread * cut_normal(rng, (strokes, 2))
            for where, shift in zip(self.slices, shifts, strict=True):
                at[where] += shift
            if rng.random() < jitter.stroke_share:
                _move_strokes(rng, at, self.slices, own_scale, jitter)
        at -= self._middle
        at /= self._height
        _bend(rng, at, scale, jitter)
        at = at @ self._affine(rng, own_scale, jitter)
        lines = [at[where] for where in self.slices]
        if strokes > 1 and rng.random() < jitter.joined_share:
            lines = join_two(rng, lines, jitter)
        if rng.random() < jitter.hook_share * own_scale:
            add_hook(rng, lines, jitter)
        if rng.random() < jitter.tail_share * own_scale:
            add_tail(rng, lines, jitter)
        if rng.random() < jitter.loop_share * own_scale:
            lines = [looped(rng, line, jitter) if rng.random() < 0.5 else line for line in lines]
        return lines

    def _moved_ends(self, rng: np.random.Generator, at: np.ndarray, spread: float) -> np.ndarray:
        """Moves (m, 2) for samples ``at`` (m, 2): each stroke's ends go on or stop short by
        ``spread``, and half as far aside; what lies near an end comes along, ever less."""
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
        self, rng: np.random.Generator, own_scale: float, jitter: HandwritingJitter
    ) -> np.ndarray:
        """A matrix (2, 2) for rows of points: narrower or wider, sheared, turned. ``own_scale``
        holds back shear and turn, but not the width, which makes no digit another."""
        width = np.exp(jitter.aspect_spread * cut_normal(rng))
        slant = (
            float(np.clip(jitter.slant_mean + jitter.slant_spread * cut_normal(rng), -0.3, 0.5))
            * own_scale
        )
        if rng.random() < jitter.turned_share:
            degrees = rng.uniform(-15.0, 15.0)
        else:
            degrees = float(np.clip(jitter.rotation_spread * cut_normal(rng), -15.0, 15.0))
        sheared = np.array([[width, 0.0], [-slant, 1.0]])
        matrix: np.ndarray = sheared @ turn(math.radians(degrees * own_scale))
        return matrix


def _move_strokes(
    rng: np.random.Generator,
    at: np.ndarray,
    slices: tuple[slice, ...],
    own_scale: float,
    jitter: HandwritingJitter,
) -> None:
    """Set down each stroke but the first elsewhere, otherwise turned and of another length: the
    samples ``at`` (m, 2) change in place. A bar floats as the pen happens to land."""
    for where in slices[1:]:
        line = at[where]
        middle = (line.min(axis=0) + line.max(axis=0)) / 2
        turned = turn(math.radians(own_scale * jitter.stroke_turn_deg * float(cut_normal(rng))))
        longer = np.exp(own_scale * jitter.stroke_length * cut_normal(rng))
        at[where] = (
            (line - middle) @ turned * longer
            + middle
            + own_scale * jitter.stroke_shift * cut_normal(rng, 2)
        )


def _correlated(points: np.ndarray, distance: float) -> np.ndarray:
    """A matrix (n, n) for points (n, 2): its product with independent numbers gives numbers that
    are alike where points are closer than ``distance``, so that neighbours move together, and the
    same where they coincide, so that strokes stay joined."""
    gaps = ((points[:, None] - points[None]) ** 2).sum(axis=2)
    values, vectors = np.linalg.eigh(np.exp(-gaps / (2 * distance * distance)))
    factor: np.ndarray = (vectors * np.sqrt(values.clip(0))) @ vectors.T
    return factor


def _rounding(arc: np.ndarray) -> np.ndarray:
    """Weights (m, m) for samples at lengths ``arc`` (m,) along a line: their product averages
    each sample over its neighbourhood, which rounds corners; it shrinks to nothing at the ends, so
    that they stay."""
    apart = np.abs(arc[:, None] - arc[None])
    room = np.minimum(arc, arc[-1] - arc)[:, None]
    weights = np.where(apart <= room + 1e-9, np.exp(-((apart / _ROUNDING_RANGE) ** 2) / 2), 0.0)
    shares: np.ndarray = weights / weights.sum(axis=1, keepdims=True)
    return shares


def _bend(
    rng: np.random.Generator, at: np.ndarray, scale: float, jitter: HandwritingJitter
) -> None:
    """Give samples ``at`` (m, 2), around the origin and 1 high, unequal halves and two slow waves,
    in place: everybody's proportions are their own."""
    halves, waist = scale * cut_normal(rng, 2) * (jitter.halves_spread, jitter.waist_spread)
    at[:, 0] *= 1 - 2 * np.clip(halves, -0.3, 0.3) * at[:, 1]
    at[:, 1] += np.clip(waist, -0.12, 0.12) * np.cos(np.pi * at[:, 1].clip(-0.5, 0.5))
    waves = rng.uniform(-1.2, 1.2, (2, 2))
    phases = rng.uniform(0, 2 * np.pi, 2)
    sizes = scale * jitter.warp_spread / 100 * cut_normal(rng, (2, 2))
    at += np.sin(at @ (2 * np.pi * waves) + phases) @ sizes
