"""Pictures as people take them, made from strokes: paper, light, shadow, noise, lines, frames."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from PIL import Image

from digitpad.ink.drawing import PAD_SIZE, Stroke
from digitpad.ink.placing import place
from digitpad.ink.rasterize import rasterize

STRATA = (
    "scan",
    "light",
    "shadow",
    "board",
    "ruled",
    "squared",
    "cell",
    "sheet edge",
    "small",
    "far",
)


@dataclass(frozen=True)
class Scene:
    """How a picture is taken.

    width, height: in pixels. paper: its grey level in full light. ink: the share by which ink is
    darker than paper, or, where it is below 0, lighter (a share of what is left up to 255). noise:
    the camera's, a standard deviation in grey levels; grain: how many pixels it is wide. falls: by
    what share the light is less at the far side, towards direction (radians). shadow: by what share
    it is less in a shadow with a hard edge; 0 for none. blur: Gaussian, in pixels. quality: JPEG's,
    0 for PNG. digit: its longer side as a share of the picture's shorter one; where: its place in
    the room that is left, (x, y) in [0, 1]. pen: its width as a share of the digit's longer side.
    lines: "", "ruled", "squared" or "cell". line: their contrast as a share of the ink's. spacing:
    between lines, as a share of the digit's longer side. turned: the whole, in radians. table: the
    share of the width at the left where the sheet ends and a darker table begins.
    """

    width: int = 800
    height: int = 800
    paper: float = 230.0
    ink: float = 0.7
    noise: float = 3.0
    grain: float = 1.0
    falls: float = 0.0
    direction: float = 0.6
    shadow: float = 0.0
    blur: float = 0.6
    quality: int = 90
    digit: float = 0.5
    where: tuple[float, float] = (0.5, 0.5)
    pen: float = 0.07
    lines: str = ""
    line: float = 0.35
    spacing: float = 0.7
    line_width: float = 0.015
    turned: float = 0.0
    table: float = 0.0


def any_scene(stratum: str, rng: np.random.Generator) -> Scene:
    """A scene of one of the STRATA, drawn over the whole of its range."""
    side = int(np.exp(rng.uniform(np.log(120), np.log(3000))))
    scene = Scene(
        width=side,
        height=int(side * rng.uniform(0.75, 1.33)),
        paper=rng.uniform(120, 255),
        ink=rng.uniform(0.25, 0.9),
        noise=rng.uniform(0, 10),
        grain=float(rng.choice([1.0, 1.0, 1.6])),
        falls=rng.uniform(0, 0.15),
        direction=rng.uniform(0, 2 * np.pi),
        blur=rng.uniform(0, 0.004) * side,
        quality=int(rng.integers(60, 96)),
        digit=rng.uniform(0.3, 0.8),
        where=(rng.uniform(0.1, 0.9), rng.uniform(0.1, 0.9)),
        pen=rng.uniform(0.035, 0.12),
        line=rng.uniform(0.15, 0.40),
        spacing=rng.uniform(0.4, 1.4),
        line_width=rng.uniform(0.008, 0.03),
        turned=rng.uniform(-0.035, 0.035),
    )
    if stratum == "scan":
        return replace(scene, falls=0.0, quality=int(rng.choice([0, 75, 90])), blur=0.5)
    if stratum == "light":
        return replace(scene, falls=rng.uniform(0.15, 0.60))
    if stratum == "shadow":
        return replace(scene, falls=rng.uniform(0, 0.3), shadow=rng.uniform(0.2, 0.55))
    if stratum == "board":
        return replace(
            scene,
            paper=rng.uniform(10, 110),
            ink=-rng.uniform(0.35, 0.95),
            falls=rng.uniform(0, 0.6),
        )
    if stratum in ("ruled", "squared"):
        spacing = rng.uniform(0.4, 1.4) if stratum == "ruled" else rng.uniform(0.25, 1.0)
        size = max(200, side)
        return replace(
            scene,
            lines=stratum,
            spacing=spacing,
            width=size,
            height=int(size * scene.height / scene.width),
            falls=rng.uniform(0, 0.5),
        )
    if stratum == "cell":
        size = max(80, side)
        return replace(
            scene,
            lines="cell",
            line=rng.uniform(0.4, 1.0),
            line_width=rng.uniform(0.02, 0.08),
            digit=rng.uniform(0.4, 0.7),
            where=(rng.uniform(0.35, 0.65), rng.uniform(0.35, 0.65)),
            width=size,
            height=size,
        )
    if stratum == "sheet edge":
        # The digit lies on the sheet: never over its edge.
        table = rng.uniform(0.04, 0.3)
        digit = rng.uniform(0.3, 0.6)
        room = 1 - digit * min(1.0, scene.height / scene.width)
        least = min(0.95, (table + 0.06) / room)
        return replace(
            scene,
            table=table,
            digit=digit,
            where=(rng.uniform(min(least, 0.9), 0.92), scene.where[1]),
            falls=rng.uniform(0, 0.4),
        )
    if stratum == "small":
        size = int(rng.integers(28, 65))
        return replace(
            scene,
            width=size,
            height=size,
            falls=rng.uniform(0, 0.5),
            digit=rng.uniform(0.55, 0.85),
            pen=rng.uniform(0.07, 0.14),
            blur=rng.uniform(0.2, 0.7),
            where=(0.5, 0.5),
        )
    if stratum == "far":
        size = max(900, side)
        return replace(scene, width=size, height=int(size * 1.33), digit=rng.uniform(0.07, 0.25))
    raise ValueError(f"no stratum {stratum!r}")


def photograph(strokes: Sequence[np.ndarray], scene: Scene, rng: np.random.Generator) -> np.ndarray:
    """The grey levels, uint8 (height, width), of strokes, float (n, 2) in any unit, in a scene;
    no strokes give the empty sheet."""
    height, width = scene.height, scene.width
    side = scene.digit * min(height, width)
    ink = np.zeros((height, width), np.float32)
    if strokes:
        scale = side / (0.7 * PAD_SIZE)
        placed = place(strokes)
        marks = [Stroke.through(stroke, scene.pen * 0.7 * PAD_SIZE) for stroke in placed]
        drawn = _turned(rasterize(marks, scale=scale).astype(np.float32) / 255, scene.turned)
        box = np.argwhere(drawn > 0)
        drawn = drawn[box[:, 0].min() : box[:, 0].max() + 1, box[:, 1].min() : box[:, 1].max() + 1]
        drawn = drawn[:height, :width]
        top = int((height - drawn.shape[0]) * scene.where[1])
        left = int((width - drawn.shape[1]) * scene.where[0])
        ink[top : top + drawn.shape[0], left : left + drawn.shape[1]] = drawn
    lines = scene.line * _lines(scene, side, rng)
    # Ink on a printed line hides it, nearly.
    covered = np.maximum(ink, lines)
    if scene.ink >= 0:
        seen = scene.paper * (1 - scene.ink * covered)
    else:
        seen = scene.paper + (255 - scene.paper) * -scene.ink * covered
    y, x = np.mgrid[0 : 1 : height * 1j, 0 : 1 : width * 1j].astype(np.float32)
    if scene.table > 0:
        edge = scene.table + 0.05 * (y - 0.5) * np.sin(7 * scene.direction)
        seen = np.where(x < edge, scene.paper * 0.35, seen)
    along = (x - 0.5) * np.cos(scene.direction) + (y - 0.5) * np.sin(scene.direction)
    along = (along - along.min()) / max(float(along.max() - along.min()), 1e-6)
    light = 1 - scene.falls * along**1.3
    if scene.shadow > 0:
        angle = scene.direction + 1.1
        across = (x - 0.5) * np.cos(angle) + (y - 0.5) * np.sin(angle)
        offset = rng.uniform(-0.25, 0.25)
        bend = 0.06 * np.sin(5 * (x + y) + scene.direction)
        soft = max(1.5 / width, 0.004)
        light = light * (
            1 - scene.shadow / (1 + np.exp(-((across + bend - offset) / soft).clip(-50, 50)))
        )
    seen = seen * light
    if scene.blur > 0:
        seen = _blurred(seen, scene.blur)
    noise = rng.normal(0, 1, seen.shape).astype(np.float32)
    if scene.grain > 1:
        noise = _blurred(noise, scene.grain / 2)
        noise /= noise.std()
    return (seen + scene.noise * noise).round().clip(0, 255).astype(np.uint8)


def encoded(grey: np.ndarray, scene: Scene) -> bytes:
    """A file of it: JPEG of the scene's quality, or PNG."""
    stream = io.BytesIO()
    picture = Image.fromarray(grey)
    if scene.quality:
        picture.save(stream, "JPEG", quality=scene.quality)
    else:
        picture.save(stream, "PNG", compress_level=1)
    return stream.getvalue()


def _lines(scene: Scene, side: float, rng: np.random.Generator) -> np.ndarray:
    """Printed lines, float32 (height, width) in [0, 1]."""
    height, width = scene.height, scene.width
    if not scene.lines:
        return np.zeros((height, width), np.float32)
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    across = y * np.cos(scene.turned) + x * np.sin(scene.turned)
    along = x * np.cos(scene.turned) - y * np.sin(scene.turned)
    thick = max(1.0, scene.line_width * side)
    if scene.lines == "cell":
        inset = rng.uniform(0.0, 0.1) * min(height, width)
        wobble = 0.004 * min(height, width) * np.sin(x / width * 9) * rng.uniform(0, 1)
        wobble = wobble + 0.004 * min(height, width) * np.sin(y / height * 8) * rng.uniform(0, 1)
        from_edge = np.minimum.reduce([x, y, width - 1 - x, height - 1 - y]) + wobble
        return _cover(np.abs(from_edge - inset - thick / 2), thick)
    spacing = max(scene.spacing * side, 4 * thick)
    sheet = _cover(_from_line(across, spacing, rng.uniform(0, spacing)), thick)
    if scene.lines == "squared":
        sheet = np.maximum(
            sheet, _cover(_from_line(along, spacing, rng.uniform(0, spacing)), thick)
        )
    return sheet


def _from_line(across: np.ndarray, spacing: float, first: float) -> np.ndarray:
    return np.abs((across - first + spacing / 2) % spacing - spacing / 2)


def _cover(distance: np.ndarray, thick: float) -> np.ndarray:
    return (thick / 2 + 0.5 - distance).clip(0, 1).astype(np.float32)


def _turned(ink: np.ndarray, angle: float) -> np.ndarray:
    if abs(angle) < 1e-4:
        return ink
    picture = Image.fromarray(ink).rotate(np.degrees(angle), Image.Resampling.BILINEAR, expand=True)
    return np.asarray(picture)


def _blurred(levels: np.ndarray, radius: float) -> np.ndarray:
    """A Gaussian blur, as three boxes, of floats."""
    if radius < 0.15:
        return levels
    reach = int(np.ceil(3 * radius))
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / radius) ** 2)
    kernel /= kernel.sum()
    for axis in (0, 1):
        padded = np.pad(levels, [(reach, reach) if a == axis else (0, 0) for a in (0, 1)], "edge")
        moved = np.moveaxis(padded, axis, 0)
        out = np.zeros_like(np.moveaxis(levels, axis, 0), dtype=np.float32)
        for i, weight in enumerate(kernel):
            out += np.float32(weight) * moved[i : i + len(out)]
        levels = np.moveaxis(out, 0, axis)
    return levels
