"""A picture of a run's curves as SVG, written without a drawing library: loss on a log scale and
accuracy over the epochs, every epoch a point of its own.

Nothing is smoothed and nothing left out.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

from digitpad.core.languages import _
from digitpad.training.events import EpochReport

_WIDTH, _HEIGHT = 760, 560
_LEFT, _RIGHT, _GAP = 64, 150, 56
_TOP, _BOTTOM = 52, 44
_INK, _QUIET, _LINE = "#1c1c1c", "#6b6b6b", "#dddddd"
_FIRST, _SECOND, _BEST = "#c2410c", "#1d4ed8", "#15803d"
_STEPS = (1.0, 2.0, 5.0, 10.0)

Points = Sequence[tuple[int, float]]
"""Epochs, counted from 1, with what was measured in each."""


def curves_svg(history: Sequence[EpochReport], title: str = "") -> str:
    """The picture of a history; an empty one gives the axes alone.

    Above the loss of training and of the digits held back, on a log scale; beneath the accuracy of
    both, in percent. The best epoch is marked in both. title: stands above.
    """
    last = max((report.epoch for report in history), default=1)
    losses = {
        _("training"): [(one.epoch, one.loss) for one in history],
        _("validation"): _measured([(one.epoch, one.validation_loss) for one in history]),
    }
    accuracies = {
        _("training"): [(one.epoch, 100 * one.train_accuracy) for one in history],
        _("validation"): [
            (epoch, 100 * share)
            for epoch, share in _measured([(one.epoch, one.validation_accuracy) for one in history])
        ],
    }
    height = (_HEIGHT - _TOP - _BOTTOM - _GAP) / 2
    best = next((one for one in reversed(history) if one.best), None)
    if best is not None and best.validation_loss is None:
        best = None
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{_HEIGHT}" '
        f'viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif" font-size="12">',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#ffffff"/>',
        _text(_LEFT, 24, title, _INK, size=15),
        *_chart(_TOP, height, _("loss, log scale"), losses, best, last, is_log=True),
        *_chart(
            _TOP + height + _GAP, height, _("accuracy, %"), accuracies, best, last, is_log=False
        ),
        _text(_LEFT + (_WIDTH - _LEFT - _RIGHT) / 2, _HEIGHT - 10, _("epoch"), _INK, "middle"),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _measured(points: Sequence[tuple[int, float | None]]) -> list[tuple[int, float]]:
    return [(epoch, value) for epoch, value in points if value is not None]


def _chart(
    top: float,
    height: float,
    name: str,
    lines: Mapping[str, Points],
    best: EpochReport | None,
    last: int,
    is_log: bool,
) -> list[str]:
    """One chart: its axes, the lines by their names, and the best epoch."""
    values = [
        value
        for points in lines.values()
        for _epoch, value in points
        if math.isfinite(value) and (value > 0 or not is_log)
    ]
    scale = _log_scale(values) if is_log else _share_scale(values)
    low, high = scale[0], scale[-1]
    right = _WIDTH - _RIGHT

    def x(epoch: float) -> float:
        return _LEFT + (epoch - 1) / max(1, last - 1) * (right - _LEFT)

    def y(value: float) -> float:
        if is_log:
            share = math.log(max(value, low) / low) / math.log(high / low)
        else:
            share = (value - low) / (high - low)
        return top + height * (1 - min(max(share, 0.0), 1.0))

    parts = [_text(_LEFT, top - 10, name, _INK)]
    for tick in scale:
        parts.append(_stroke(_LEFT, y(tick), right, y(tick), _LINE))
        parts.append(_text(_LEFT - 8, y(tick) + 4, f"{tick:g}", _QUIET, "end"))
    for epoch in _epoch_ticks(last):
        parts.append(_stroke(x(epoch), top + height, x(epoch), top + height + 4, _QUIET))
        parts.append(_text(x(epoch), top + height + 18, str(epoch), _QUIET, "middle"))
    if best is not None:
        parts.append(_stroke(x(best.epoch), top, x(best.epoch), top + height, _BEST, "4 3"))
    labels: list[float] = []
    for colour, (whose, points) in zip((_FIRST, _SECOND), lines.items(), strict=True):
        shown = [(x(epoch), y(value)) for epoch, value in points if math.isfinite(value)]
        if not shown:
            continue
        path = " ".join(f"{left:.1f},{up:.1f}" for left, up in shown)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" opacity="0.45"/>')
        parts += [
            f'<circle cx="{left:.1f}" cy="{up:.1f}" r="2.2" fill="{colour}">'
            f"<title>{escape(_point_words(whose, epoch, value))}</title></circle>"
            for (left, up), (epoch, value) in zip(shown, points, strict=False)
        ]
        place = shown[-1][1] + 4
        if labels and abs(place - labels[-1]) < 14:
            place = labels[-1] + (14 if place >= labels[-1] else -14)
        labels.append(place)
        parts.append(_text(right + 8, place, whose, colour))
    if best is not None:
        held = best.validation_loss if is_log else best.validation_accuracy
        if held is not None:
            words = _("best: epoch {epoch}, {value}").format(
                epoch=best.epoch, value=f"{held:.4f}" if is_log else f"{held:.2%}"
            )
            parts.append(_text(right, top - 10, words, _BEST, "end"))
    return parts


def _point_words(whose: str, epoch: int, value: float) -> str:
    return _("{whose}, epoch {epoch}: {value}").format(
        whose=whose, epoch=epoch, value=f"{value:.6g}"
    )


def _log_scale(values: Sequence[float]) -> list[float]:
    """Ticks at 1, 2 and 5 times powers of ten, from below the smallest to above the largest."""
    low, high = min(values, default=0.1), max(values, default=1.0)
    first, last = math.floor(math.log10(low)), math.floor(math.log10(high)) + 1
    ticks = [factor * 10.0**power for power in range(first, last + 1) for factor in _STEPS[:3]]
    below = max((tick for tick in ticks if tick <= low * 1.0001), default=ticks[0])
    above = min((tick for tick in ticks if tick >= high * 0.9999), default=ticks[-1])
    if above <= below:
        above = next(tick for tick in ticks if tick > below)
    return [tick for tick in ticks if below <= tick <= above]


def _share_scale(values: Sequence[float]) -> list[float]:
    """Ticks from a whole step below the smallest share to 100 %."""
    low = min(values, default=0.0)
    rough = max(100.0 - low, 0.05) / 5
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(one * power for one in _STEPS if one * power >= rough * 0.999)
    count = math.ceil((100.0 - low) / step - 1e-9) or 1
    return [round(100.0 - step * number, 6) for number in range(count, -1, -1)]


def _epoch_ticks(last: int) -> list[int]:
    """About eight whole epochs, the first and the last among them."""
    step = max(1, round(last / 8))
    return sorted({1, *range(step, last - step // 2, step), last})


def _stroke(x1: float, y1: float, x2: float, y2: float, colour: str, dashes: str = "") -> str:
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}"{dashed}/>'
    )


def _text(
    x: float, y: float, words: str, colour: str, anchor: str = "start", size: int = 12
) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" fill="{colour}" text-anchor="{anchor}" '
        f'font-size="{size}">{escape(words)}</text>'
    )
