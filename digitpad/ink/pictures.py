"""A picture of one digit becomes ink: scans, screenshots and photographs, dark on light or light
on dark."""

from __future__ import annotations

import io
import warnings
from pathlib import Path

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from PIL import Image, ImageOps, UnidentifiedImageError

from digitpad.core.errors import DigitpadError
from digitpad.core.files import read_limited

FORMATS = ("PNG", "JPEG", "BMP", "GIF", "WEBP")
MAX_FILE_BYTES = 64 << 20
MAX_PIXELS = 64_000_000
WORKING_SIDE = 280
_SMALL_SIDE = 64
_LEAST_CONTRAST = 0.08
_LEAST_EDGE_CONTRAST = 0.25


def read_picture(source: Path | str | bytes) -> np.ndarray:
    """The ink of a picture file, or of a file's content.

    Returns uint8 (h, w), 255 = ink, its longer side at most WORKING_SIDE. Raises DigitpadError
    where the file cannot be read, is no picture of a format in FORMATS, is damaged or too large, or
    shows nothing drawn.
    """
    name = "the picture" if isinstance(source, bytes) else str(source)
    content = source if isinstance(source, bytes) else read_limited(Path(source), MAX_FILE_BYTES)
    grey = _grey(name, content)
    ink = ink_of(grey)
    if not ink.any():
        raise DigitpadError(
            f"{name} shows nothing drawn; take one with a digit that stands out from its paper"
        )
    return ink


def _grey(name: str, content: bytes) -> np.ndarray:
    """A picture's grey levels, uint8, turned upright, transparency on its own contrast, at most
    WORKING_SIDE on its longer side."""
    try:
        with warnings.catch_warnings():
            # Pillow warns of what is large or oddly tagged; we say no ourselves or read what is
            # there.
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
                if picture.width * picture.height > MAX_PIXELS:
                    raise DigitpadError(
                        f"{name} is {picture.width:,} × {picture.height:,} pixels; "
                        f"at most {MAX_PIXELS:,} in all are read"
                    )
                picture.draft("L", (4 * WORKING_SIDE, 4 * WORKING_SIDE))
                ImageOps.exif_transpose(picture, in_place=True)
                return _without_transparency(picture)
    except DigitpadError:
        raise
    except Image.DecompressionBombError as error:
        raise DigitpadError(
            f"{name} has more pixels than the {MAX_PIXELS:,} that are read; make it smaller"
        ) from error
    except UnidentifiedImageError as error:
        raise DigitpadError(
            f"{name} is no picture that can be read; take one of {', '.join(FORMATS)}"
        ) from error
    except Exception as error:
        # Decoders fail in every way there is on damaged files; all of them mean the same to who
        # opened it.
        raise DigitpadError(
            f"{name} is damaged and cannot be read as a picture; get it again"
        ) from error


def _shrunk(picture: Image.Image) -> Image.Image:
    """At most WORKING_SIDE on the longer side: whatever is computed in floats comes after this."""
    longer = max(picture.size)
    if longer <= WORKING_SIDE:
        return picture
    width, height = (max(1, round(side * WORKING_SIDE / longer)) for side in picture.size)
    return picture.resize((width, height), Image.Resampling.BOX)


def _without_transparency(picture: Image.Image) -> np.ndarray:
    """Grey levels, uint8, shrunk; what is transparent becomes the opposite of what is drawn."""
    if picture.mode in ("I", "F") or picture.mode.startswith("I;"):
        levels = np.asarray(_shrunk(picture.convert("F")), dtype=np.float64)
        peak = max(255.0, float(np.nanmax(levels, initial=0.0)))
        return np.nan_to_num(levels / peak * 255).clip(0, 255).astype(np.uint8)
    if "A" not in picture.getbands() and "transparency" not in picture.info:
        return np.asarray(_shrunk(picture.convert("L")), dtype=np.uint8)
    seen = _shrunk(picture.convert("RGBA"))
    grey, alpha = (
        np.asarray(seen.convert("RGB").convert("L"), float),
        np.asarray(seen.getchannel("A"), float) / 255,
    )
    drawn = float((grey * alpha).sum() / max(alpha.sum(), 1e-9))
    paper = 255.0 if drawn < 128 else 0.0
    return (grey * alpha + paper * (1 - alpha)).round().astype(np.uint8)


def ink_of(grey: np.ndarray) -> np.ndarray:
    """The ink in grey levels, uint8 (h, w) both; nothing drawn gives no ink.

    A flat ground (small pictures such as MNIST's own, screens, drawing programs) only has its
    contrast stretched, every level kept. An uneven one (photographs) is divided out, and specks and
    what hangs in from the edge are left out.
    """
    levels = grey.astype(np.float64) / 255
    border = np.concatenate([levels[0], levels[-1], levels[:, 0], levels[:, -1]])
    ground = float(np.median(border))
    is_flat = float((np.abs(border - ground) < 0.012).mean()) > 0.9
    if is_flat or max(grey.shape) <= _SMALL_SIDE:
        return _stretched(np.abs(levels - ground))
    ink = _above_paper(levels)
    threshold = _otsu(ink)
    drawn = ink > threshold
    if not drawn.any() or float(ink[drawn].mean() - ink[~drawn].mean()) < _LEAST_CONTRAST:
        return np.zeros(grey.shape, np.uint8)
    kept = _grown(_main_parts(drawn, ink))
    low, high = 0.55 * threshold, 1.35 * threshold
    return (((ink - low) / (high - low)).clip(0, 1) * kept * 255).round().astype(np.uint8)


def _stretched(ink: np.ndarray) -> np.ndarray:
    peak = float(ink.max())
    if peak < _LEAST_CONTRAST:
        return np.zeros(ink.shape, np.uint8)
    levels = (ink / peak * 255).round()
    # A ground that wavers by a level or two is not ink; its box would be the whole picture.
    levels[levels < 3] = 0
    return levels.astype(np.uint8)


def _above_paper(levels: np.ndarray) -> np.ndarray:
    """How far each pixel stands out from the paper around it, as a share of the paper's light."""
    residual = levels - _paper_surface(levels)
    spread = 1.4826 * float(np.median(np.abs(residual))) + 1e-6
    out = np.where(np.abs(residual) > 3 * spread, residual, 0.0)
    if out.sum() > 0:
        levels = 1.0 - levels
    # Light ink on dark is now dark ink on light. What is dark and narrower than the window is ink,
    # what is wider is shadow.
    window = 2 * (round(0.13 * max(levels.shape)) // 2) + 1
    paper = _smooth(-_highest(-_highest(levels, window), window), window)
    return ((paper - levels) / np.maximum(paper, 0.05)).clip(0, 1)


def _paper_surface(levels: np.ndarray) -> np.ndarray:
    """A quadratic surface through the paper: least squares, pixels far off weighing ever less."""
    height, width = levels.shape
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    terms = np.stack([np.ones_like(x), x, y, x * x, x * y, y * y], axis=-1).reshape(-1, 6)
    values = levels.ravel()
    weights = np.ones_like(values)
    surface = values
    for _ in range(8):
        weighted = terms * weights[:, None]
        surface = terms @ np.linalg.lstsq(weighted.T @ terms, weighted.T @ values, rcond=None)[0]
        residual = np.abs(values - surface)
        weights = 1.0 / (1.0 + (residual / (2.0 * np.median(residual) + 1e-3)) ** 4)
    return surface.reshape(levels.shape)


def _highest(levels: np.ndarray, window: int) -> np.ndarray:
    """The highest level in a square window around each pixel."""
    half = window // 2
    for axis in (0, 1):
        padding = [(half, half) if a == axis else (0, 0) for a in (0, 1)]
        levels = sliding_window_view(np.pad(levels, padding, mode="edge"), window, axis=axis).max(
            axis=-1
        )
    return levels


def _smooth(levels: np.ndarray, window: int) -> np.ndarray:
    """The mean over a square window around each pixel."""
    half = window // 2
    for axis in (0, 1):
        padding = [(half, half) if a == axis else (0, 0) for a in (0, 1)]
        levels = sliding_window_view(np.pad(levels, padding, mode="edge"), window, axis=axis).mean(
            axis=-1
        )
    return levels


def _otsu(levels: np.ndarray) -> float:
    """The threshold that parts levels in [0, 1] into two classes as far from each other as can be.

    Otsu, "A Threshold Selection Method from Gray-Level Histograms", IEEE Transactions on Systems,
    Man and Cybernetics 9(1), 1979.
    """
    counts, edges = np.histogram(levels, bins=128, range=(0.0, 1.0))
    centres = (edges[:-1] + edges[1:]) / 2
    below = np.cumsum(counts)
    above = below[-1] - below
    sums = np.cumsum(counts * centres)
    with np.errstate(divide="ignore", invalid="ignore"):
        between = below * above * (sums / below - (sums[-1] - sums) / above) ** 2
    return float(edges[1:][int(np.nanargmax(np.where(np.isfinite(between), between, -1.0)))])


def _main_parts(drawn: np.ndarray, ink: np.ndarray) -> np.ndarray:
    """Of what is drawn, the large connected parts: no specks, and nothing that hangs in from the
    edge if something else is there or it is faint (at the edge the paper's light is known from
    one side only)."""
    labels = _connected(drawn)
    names, sizes = np.unique(labels[labels > 0], return_counts=True)
    edge = np.unique(np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]]))
    inner = ~np.isin(names, edge)
    if inner.any() and sizes[inner].max() > 0.002 * drawn.size:
        names, sizes = names[inner], sizes[inner]
    elif float(ink[drawn].mean()) < _LEAST_EDGE_CONTRAST:
        return np.zeros_like(drawn)
    return np.isin(labels, names[sizes >= 0.04 * sizes.max()])


def _connected(drawn: np.ndarray) -> np.ndarray:
    """Labels int (h, w): equal and positive within each 8-connected part, 0 elsewhere."""
    labels = np.where(drawn, np.arange(1, drawn.size + 1).reshape(drawn.shape), 0)
    while True:
        spread = np.where(drawn, _highest(labels, 3), 0)
        # Follow each label to the label that its own first pixel has by now: parts grow by
        # doubling, not step by step.
        spread = np.where(drawn, spread.ravel()[np.maximum(spread, 1) - 1], 0)
        if np.array_equal(spread, labels):
            return labels
        labels = spread


def _grown(mask: np.ndarray) -> np.ndarray:
    """The mask and the pixels beside it, where the ink's soft edge lies."""
    return _highest(mask.astype(np.uint8), 5).astype(bool)


def cropped(ink: np.ndarray, margin: float = 0.2) -> np.ndarray:
    """The ink's box with a margin around it, a share of its longer side; small pictures and
    empty ink stay as they are."""
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    if max(ink.shape) <= _SMALL_SIDE or len(rows) == 0:
        return ink
    box = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return np.pad(box, round(margin * max(box.shape)))
