"""Stroke templates: signs described by hand in a JSON file, and the smooth lines through their
points."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from digitpad.core.errors import DigitpadError
from digitpad.core.files import read_limited
from digitpad.core.languages import _
from digitpad.ink.curves import catmull_rom

VERSION = 1
SPACING = 6.0
"""Samples along a template's lines lie about this far apart, in hundredths of its height."""

_MAX_FILE_BYTES = 4 << 20
_MAX_TEMPLATES = 5_000
_MAX_STROKES = 40
_MAX_POINTS = 200
_FARTHEST = 1_000.0
_POINT = re.compile(r"(-?\d{1,6}(?:\.\d{1,4})?),(-?\d{1,6}(?:\.\d{1,4})?)(!?)")


@dataclass(frozen=True, eq=False)
class TemplateStroke:
    """One stroke of a template.

    points: float64 (n, 2), n >= 2, in hundredths of the sign's height, x to the right, y down.
    corners: bool (n,), where the pen turns sharply; all of a straight stroke's points, and the ends
    of any.
    """

    points: np.ndarray
    corners: np.ndarray


@dataclass(frozen=True, eq=False)
class Template:
    """One way of writing one sign.

    group: the digit "0" to "9", or the kind of a sign that is none. weight: how often it is drawn
    beside its group's others. jitter_scale: a factor in [0, 1] on its jitter. pen: the thickest pen
    that leaves it legible, as a part of its height.
    """

    group: str
    name: str
    weight: float
    jitter_scale: float
    pen: float
    note: str
    strokes: tuple[TemplateStroke, ...]


def read_templates(path: Path, file_format: str) -> dict[str, tuple[Template, ...]]:
    """The templates of a file by group, in the file's order.

    The file is JSON: {"format": file_format, "version": 1, "styles": {group: [{"name", "weight",
    "strokes": [...]}, ...]}}; a stroke is a line of text such as "curve 0,10 20,0 30,40! 60,100" or
    "line 0,0 0,100". Raises DigitpadError, naming the template, where anything is not so.
    """
    path = Path(path)
    try:
        document = json.loads(read_limited(path, _MAX_FILE_BYTES))
    except (ValueError, RecursionError) as error:
        raise DigitpadError(
            _("{path} is not JSON ({error}); mend it or name another file").format(
                path=path, error=str(error)[:80]
            )
        ) from error
    if not isinstance(document, dict) or document.get("format") != file_format:
        raise DigitpadError(
            _('{path} is not a {file_format} file: it needs "format": "{file_format}"').format(
                path=path, file_format=file_format
            )
        )
    if document.get("version") != VERSION:
        raise DigitpadError(
            _("{path} has version {found}; this Digitpad reads version {version}").format(
                path=path, found=str(document.get("version"))[:20], version=VERSION
            )
        )
    styles = document.get("styles")
    if not isinstance(styles, dict) or not all(
        isinstance(entries, list) and entries for entries in styles.values()
    ):
        raise DigitpadError(
            _(
                '{path} needs "styles": lists of templates, none of them empty, by what '
                "they stand for"
            ).format(path=path)
        )
    if sum(map(len, styles.values())) > _MAX_TEMPLATES:
        raise DigitpadError(
            _("{path} has more than {max_templates:,} templates").format(
                path=path, max_templates=_MAX_TEMPLATES
            )
        )
    groups = {}
    for group, entries in styles.items():
        templates = []
        for number, entry in enumerate(entries, start=1):
            try:
                templates.append(_template(group, entry))
            except ValueError as error:
                raise DigitpadError(
                    _("{path}, {group!r}, template {number}: {error}").format(
                        path=path, group=group[:20], number=number, error=error
                    )
                ) from error
        names = [template.name for template in templates]
        if len(set(names)) < len(names):
            twice = next(name for name in names if names.count(name) > 1)
            raise DigitpadError(
                _("{path}, {group!r}: two templates are named {twice!r}; rename one").format(
                    path=path, group=group[:20], twice=twice
                )
            )
        groups[group] = tuple(templates)
    return groups


def _template(group: str, entry: object) -> Template:
    """A template from its entry in the file; raises ValueError, saying what is wrong, since who
    wrote the file mends it by that."""
    if not isinstance(entry, dict):
        raise ValueError(_("it is not an object"))
    name, note = entry.get("name"), entry.get("note", "")
    if not isinstance(name, str) or not 0 < len(name) <= 80:
        raise ValueError(_("it needs a name of at most 80 characters"))
    if not isinstance(note, str):
        raise ValueError(_("its note is not a text"))
    strokes = entry.get("strokes")
    if not isinstance(strokes, list) or not 0 < len(strokes) <= _MAX_STROKES:
        raise ValueError(
            _("it needs a list of 1 to {max_strokes} strokes").format(max_strokes=_MAX_STROKES)
        )
    parsed = tuple(parse_stroke(stroke) for stroke in strokes)
    every = np.concatenate([stroke.points for stroke in parsed])
    if np.ptp(every[:, 1]) < 1.0 and np.ptp(every[:, 0]) < 1.0:
        raise ValueError(_("it is smaller than a hundredth"))
    weight = _number(entry, "weight", 1e-6, 1e6)
    return Template(
        group,
        name,
        weight,
        _number(entry, "calm", 0.0, 1.0),
        _number(entry, "pen", 0.05, 1.0),
        note,
        parsed,
    )


def _number(entry: dict[str, object], key: str, low: float, high: float) -> float:
    """The entry's number at key, 1 where it has none; raises ValueError outside low to high."""
    value = entry.get(key, 1.0)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not low <= value <= high:
        raise ValueError(
            _("its {key} is not a number from {low:g} to {high:g}").format(
                key=key, low=low, high=high
            )
        )
    return float(value)


def parse_stroke(text: object) -> TemplateStroke:
    """A stroke from its line of text. Raises ValueError, saying what is wrong."""
    if not isinstance(text, str):
        raise ValueError(_("a stroke is not a line of text"))
    kind, *words = text[:10_000].split()[: _MAX_POINTS + 2] or [""]
    if kind not in ("curve", "line"):
        raise ValueError(
            _("a stroke begins with {kind!r}, not with curve or line").format(kind=kind[:20])
        )
    if not 2 <= len(words) <= _MAX_POINTS:
        raise ValueError(
            _("a stroke needs 2 to {max_points} points").format(max_points=_MAX_POINTS)
        )
    matches = [_POINT.fullmatch(word) for word in words]
    for word, match in zip(words, matches, strict=True):
        if match is None:
            raise ValueError(_("{word!r} is no point; write it like 12,34").format(word=word[:30]))
    points = np.array(
        [[float(match[1]), float(match[2])] for match in matches if match], dtype=np.float64
    )
    if np.abs(points).max() > _FARTHEST:
        raise ValueError(_("a point lies farther out than {farthest:g}").format(farthest=_FARTHEST))
    if (np.abs(np.diff(points, axis=0)).max(axis=1) == 0).any():
        raise ValueError(
            _("two points in a row are the same; mark a corner with an exclamation mark")
        )
    corners = np.array([kind == "line" or bool(match[3]) for match in matches if match])
    corners[[0, -1]] = True
    return TemplateStroke(points, corners)


@dataclass(frozen=True, eq=False)
class SampledStroke:
    """A template's stroke as samples that follow its control points linearly, so that moved points
    give the moved line.

    basis: float64 (m, n), samples = basis @ points. share: (m,) how far along its piece a sample of
    a straight piece lies, 0 on curves. straight: int (m,), the number of the straight piece, -1 on
    curves. arc: (m,) the length of the line up to each sample.
    """

    basis: np.ndarray
    share: np.ndarray
    straight: np.ndarray
    arc: np.ndarray


def sample(stroke: TemplateStroke) -> SampledStroke:
    """Samples about SPACING apart; corners and control points are among them.

    Centripetal Catmull-Rom (Yuksel, Schaefer and Keyser 2011) between corners. Departure: the knots
    stay those of the template when its points move, which keeps the curve linear in its points; for
    moves of a few hundredths nobody sees the difference.
    """
    points, corners = stroke.points, stroke.corners
    count = len(points)
    unit = np.eye(count)
    rows, shares, straights = [unit[:1]], [np.zeros(1)], [np.full(1, -1)]
    bounds = np.flatnonzero(corners)
    piece_number = 0
    for first, last in pairwise(bounds):
        is_straight = last - first == 1
        for i in range(first, last):
            pieces = max(1, math.ceil(float(np.linalg.norm(points[i + 1] - points[i])) / SPACING))
            share = np.arange(1, pieces + 1) / pieces
            before = unit[i - 1] if i > first else 2 * unit[i] - unit[i + 1]
            after = unit[i + 2] if i + 1 < last else 2 * unit[i + 1] - unit[i]
            around = np.stack([before, unit[i], unit[i + 1], after])
            rows.append(_piece_basis(around, points, share))
            shares.append(share if is_straight else np.zeros(pieces))
            straights.append(np.full(pieces, piece_number if is_straight else -1))
        piece_number += is_straight
    basis = np.concatenate(rows)
    legs = np.diff(basis @ points, axis=0)
    arc = np.concatenate([[0.0], np.cumsum(np.hypot(legs[:, 0], legs[:, 1]))])
    return SampledStroke(basis, np.concatenate(shares), np.concatenate(straights), arc)


def _piece_basis(rows: np.ndarray, points: np.ndarray, share: np.ndarray) -> np.ndarray:
    """Weights (m, n) of n points for the samples at ``share`` (m,) of the way between the second
    and the third of the points that four rows (4, n) of weights give."""
    legs = np.diff(rows @ points, axis=0)
    t1, t2, t3 = np.cumsum(np.sqrt(np.hypot(legs[:, 0], legs[:, 1])))
    at = (t1 + share * (t2 - t1))[:, None]
    return catmull_rom(rows, (t1, t2, t3), (t2 - t1, t3 - t2), at)
