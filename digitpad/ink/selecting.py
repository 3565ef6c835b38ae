"""Of what stands out from the paper, what was written: frames, lines, shadows and specks are left
out, and the rest gets the greys of a pen on the pad."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from digitpad.ink.paper import (
    SMALL_SIDE,
    Contrast,
    blurred,
    contrast_of,
    is_light_ink,
    quantile,
    shrunk,
)
from digitpad.ink.parts import Box, Parts, connected, grown, highest
from digitpad.ink.rules import frame_mask, printed_lines, without_lines

_NOISES = 4.5
_LEAST_LEVELS = 2.5
_COARSE_SIDE = 256
_WINDOWS = (0.05, 0.08, 0.13, 0.20, 0.30)
_WIDER = 1.3
_MISSED = 0.06
_LEAST_PART = 0.04
_CLEAN = 0.05


def find_ink(
    grey: np.ndarray, light_ink: bool | None = None, box: Box | None = None
) -> tuple[np.ndarray, np.ndarray, Contrast]:
    """The ink of a picture: uint8 (h, w), 255 = ink; what stood out and was left out, bool (h, w);
    and how all of it stands out from the paper.

    grey: float32 (h, w), 0 to 255. light_ink: whether ink is lighter than its ground; None finds
    out. box: where in the picture to look; all three are then of this box alone, but paper and
    lines are told by what lies around it too: in a box that is tight around a 2, its foot runs
    through all there is, as a line does. A picture with nothing drawn gives no ink.
    """
    left, top, right, bottom = box or (0, 0, grey.shape[1], grey.shape[0])
    inside = (slice(top, bottom), slice(left, right))
    if light_ink is None:
        light_ink = is_light_ink(grey[inside])
    contrast = contrast_of(grey, light_ink, _narrowest_window(grey, light_ink))
    contrast, left_out = _bare(contrast)
    contrast, left_out = replace(contrast, levels=contrast.levels[inside]), left_out[inside]
    level = ink_level(contrast)
    if level == 0.0:
        return np.zeros(left_out.shape, np.uint8), left_out, contrast
    standing, written = _written(contrast, level)
    small = max(grey.shape) <= SMALL_SIDE
    mask = grown(written, 1 if small else 2) & ~left_out
    if small and contrast.noise < _CLEAN:
        # Someone made it small and clean: all that is there is meant, to the faintest grey.
        mask = np.ones_like(mask)
    return _greys(contrast, mask, level), left_out | (standing & ~mask), contrast


def find_body(
    grey: np.ndarray, light_ink: bool | None = None
) -> tuple[np.ndarray, np.ndarray, Contrast]:
    """The body that a picture shows, such as a piece of clothing, as ``find_ink`` finds lines: it
    may be of any width, so its ground is what lies along the picture's edge."""
    border = np.concatenate([grey[0], grey[-1], grey[:, 0], grey[:, -1]])
    ground = float(np.median(border))
    noise = 1.4826 * float(np.median(np.abs(border - ground)))
    if light_ink is None:
        levels = np.abs(grey - ground)
        light_ink = float((grey - ground).sum()) > 0
    else:
        levels = (grey - ground if light_ink else ground - grey).clip(0)
    levels = np.where(levels > 3.0 * noise, levels, 0).astype(np.float32)
    peak = float(levels.max(initial=0.0))
    ink = (levels / max(peak, 1e-6) * 255).round()
    # A ground that wavers by a level or two is no part of the body; it would be the whole picture.
    ink[ink < 3] = 0
    if peak < max(_LEAST_LEVELS, _NOISES * noise):
        ink[:] = 0
    return (
        ink.astype(np.uint8),
        np.zeros(grey.shape, bool),
        Contrast(levels, noise, light_ink, np.ones_like(levels)),
    )


def ink_level(contrast: Contrast) -> float:
    """How far ink stands out, in grey levels: 0.0 where nothing rises above the noise."""
    levels = contrast.levels
    strong = levels[levels > max(_NOISES * contrast.noise, _LEAST_LEVELS)]
    if len(strong) == 0:
        return 0.0
    # Where a halo of shade is larger than the ink, the mean weighed by the levels still is near it.
    weighed = float(np.square(strong).sum() / strong.sum())
    return max(quantile(strong, 0.85), weighed)


def _narrowest_window(grey: np.ndarray, light_ink: bool) -> float | None:
    """The closing's window as a share of the shorter side: the narrowest that takes all ink off,
    a little wider; None for a small picture's.

    A narrow window follows the edge of a shadow more closely, but must be wider than any stroke. It
    is when the next two find nothing more that light surrounds: what they gain at a shadow has its
    like on one side.
    """
    if max(grey.shape) <= SMALL_SIDE:
        return None
    coarse = shrunk(grey, _COARSE_SIDE)
    found = [_bare(contrast_of(coarse, light_ink, share))[0] for share in _WINDOWS]
    # Too narrow a window leaves the edges of ink alone, too wide a one takes shade for it.
    level = sorted(ink_level(contrast) for contrast in found)[len(found) // 2]
    masks = [
        contrast.levels > max(0.4 * level, _NOISES * contrast.noise, _LEAST_LEVELS)
        for contrast in found
    ]
    seen = blurred(-coarse if light_ink else coarse)
    for i, (share, mask) in enumerate(zip(_WINDOWS[:-1], masks, strict=False), start=1):
        count = int(mask.sum())
        if count >= 12 and all(
            _surrounded(more & ~mask, more, seen, 0.35 * level / contrast.gain) <= _MISSED * count
            for more, contrast in zip(masks[i : i + 2], found[i:], strict=False)
        ):
            return share * _WIDER
    return _WINDOWS[-1]


def _surrounded(gained: np.ndarray, mask: np.ndarray, seen: np.ndarray, step: np.ndarray) -> int:
    """How many pixels of what a wider window gains lie in parts that paper, lighter by a step,
    (h, w), surrounds where no other ink does."""
    parts = connected(gained)
    if len(parts) == 0 or parts.sizes.max() < 3:
        return 0
    inside = -highest(np.where(gained, -seen, -np.inf), 9)
    owner = highest(parts.labels, 9)
    ring = (owner > 0) & ~grown(mask, 2)
    if not ring.any():
        return 0
    owner, jump = owner[ring], (seen[ring] - inside[ring]) > step[ring]
    around = np.bincount(owner, minlength=len(parts) + 1)[1:]
    jumps = np.bincount(owner, jump, len(parts) + 1)[1:]
    return int(parts.sizes[(jumps > 0.7 * around) & (parts.sizes >= 3)].sum())


def _bare(contrast: Contrast) -> tuple[Contrast, np.ndarray]:
    """What stands out without frames and printed lines, and where these are, bool (h, w)."""
    out = np.zeros(contrast.levels.shape, bool)
    level = ink_level(contrast)
    if level == 0.0 or max(out.shape) <= SMALL_SIDE:
        return contrast, out
    low = max(0.3 * level, 4.0 * contrast.noise, _LEAST_LEVELS)
    out = _outside_frame(connected(contrast.levels > low))
    if out.any():
        levels = np.where(out, np.minimum(contrast.levels, 0), contrast.levels)
        contrast = replace(contrast, levels=levels)
        level = ink_level(contrast)
    lines = printed_lines(contrast)
    if lines:
        contrast, on_lines = without_lines(contrast, lines, level)
        out = out | on_lines
    return contrast, out


def _outside_frame(parts: Parts) -> np.ndarray:
    """bool (h, w): the frame around most of a picture and what lies outside it; nothing where there
    is none, or nothing in it."""
    height, width = parts.labels.shape
    outside = np.zeros((height, width), bool)
    spans = (parts.boxes[:, 2] - parts.boxes[:, 0]) * (parts.boxes[:, 3] - parts.boxes[:, 1])
    for i in np.argsort(-spans)[:3]:
        if spans[i] < 0.2 * height * width:
            break
        frame = frame_mask(parts.labels == i + 1, parts.boxes[i])
        if frame is None:
            continue
        left, top, right, bottom = (int(edge) for edge in parts.boxes[i])
        inside = parts.labels[top:bottom, left:right] > 0
        if (inside & ~frame).sum() < 0.02 * frame.sum():
            continue
        outside[:] = True
        outside[top:bottom, left:right] = grown(frame, 1 + max(height, width) // 400)
        break
    return outside


def _written(contrast: Contrast, level: float) -> tuple[np.ndarray, np.ndarray]:
    """What stands out at all, bool (h, w), and of that what was written.

    Two thresholds with hysteresis: a part is all that is above the lower one and touches what is
    above the higher (Canny, "A Computational Approach to Edge Detection", 1986).
    """
    low = max(0.25 * level, min(3.0 * contrast.noise, 0.5 * level), _LEAST_LEVELS)
    standing = contrast.levels > low
    parts = connected(standing)
    core = parts.sums((contrast.levels > max(0.5 * level, low)).astype(np.float32))
    return standing, parts.mask(_kept(parts, core))


def _kept(parts: Parts, core: np.ndarray) -> np.ndarray:
    """bool (n,): the parts that were written: no specks; nothing that lies along the picture's edge
    if something else is there, nor what merely touches it if something of a size lies free."""
    if len(parts) == 0:
        return np.zeros(0, bool)
    labels = parts.labels
    height, width = labels.shape
    left, top, right, bottom = parts.boxes.T
    border = np.concatenate([labels[0], labels[-1], labels[1:-1, 0], labels[1:-1, -1]])
    contact = np.bincount(border, minlength=len(parts) + 1)[1:]
    longer = np.maximum(right - left, bottom - top)
    real = (longer > 0.05 * min(height, width)) & (core > 12)
    for allowed in (contact == 0, contact <= 0.3 * longer):
        if (allowed & real).any():
            break
    else:
        allowed = np.ones(len(parts), bool)
    return allowed & (core >= _LEAST_PART * core[allowed].max())


def _greys(contrast: Contrast, mask: np.ndarray, level: float) -> np.ndarray:
    """uint8 (h, w): ink by how far it stands out.

    Without noise every level is kept, from the paper to the darkest; the more noise, the nearer to
    the middle between paper and ink lies what counts as none and as all, so that grain neither
    speckles the one nor the other.
    """
    levels = np.where(mask, contrast.levels, 0)
    peak = float(levels.max(initial=0.0))
    if peak <= 0:
        return np.zeros(levels.shape, np.uint8)
    grainy = float(np.interp(contrast.noise / level, [0.002, 0.01], [0, 1]))
    low = grainy * max(0.25 * level, 2.5 * contrast.noise)
    high = (1 - grainy) * peak + grainy * 0.75 * level
    ink = ((levels - low) / max(high - low, 1e-6) * 255).clip(0, 255).round()
    # A ground that wavers by a level or two is not ink; its box would be the whole picture.
    ink[ink < 3] = 0
    return ink.astype(np.uint8)
