"""MNIST's digits written with other pens: real handwriting, in the pen widths of a drawing pad.

Each digit is enlarged, sheared, turned and made wider or narrower, its edge moved outwards or
inwards until its lines are as wide as the new pen, and then brought into MNIST's geometry by the
pad's own normalisation.
"""

from __future__ import annotations

import math

import numpy as np
import torch
import torch.nn.functional as F

from digitpad.core.parallel import in_processes
from digitpad.ink.normalize import BOX, FIELD, normalize

_SCALE = 3
"""How much digits are enlarged, so that an edge moves by fractions of their pixels."""
_MARGIN = 18
"""Enlarged pixels around a digit, for the widest pen."""
_SIDE = FIELD * _SCALE + 2 * _MARGIN
_BATCH = 500
_INK_LEVEL = 0.45
"""What is ink in MNIST's grey levels: a little below half, so that its thinnest lines hold
together."""
_THINNEST_PX = 1.2
"""No line gets thinner than this, in enlarged pixels, so that none breaks."""
_FAR = 30_000
"""A squared distance beyond any in a digit, which int16 still holds."""

PEN_SHARES = (0.04, 0.34)
"""The narrowest and the widest pen, as parts of the digit's height; 30 % is to be read, and
should be no edge."""
_USUAL_PEN, _PEN_SPREAD = 0.11, 0.4
_ASPECT_SPREAD, _SHEAR_SPREAD, _TURN_SPREAD_DEG = 0.15, 0.15, 5.0


def with_other_pens(digits: np.ndarray, seed: int, workers: int = 1) -> np.ndarray:
    """Each digit, uint8 (n, 28, 28), once more with another pen: uint8 (n, 28, 28) in the same
    order; n may be 0.

    Half of the pens are of any width from 4 to 34 % of the height, the wide ones more often, since
    they are harder to read; the rest are about as wide as people choose them. The same seed gives
    the same digits, for any number of workers, which are processes.
    """
    batches = [digits[start : start + _BATCH] for start in range(0, len(digits), _BATCH)]
    seeds = [
        int(np.random.SeedSequence([seed, i]).generate_state(1)[0]) for i in range(len(batches))
    ]
    # Processes of their own need one thread each: there are as many of them as cores already.
    is_apart = workers > 1 and len(batches) > 1
    write = _batch_in_a_process if is_apart else _batch_with_other_pens
    written = in_processes(write, batches, seeds, workers=workers)
    return np.concatenate([np.zeros((0, FIELD, FIELD), np.uint8), *written])


def _batch_in_a_process(digits: np.ndarray, seed: int) -> np.ndarray:
    """As _batch_with_other_pens, with one thread, in a process that does nothing else."""
    torch.set_num_threads(1)
    return _batch_with_other_pens(digits, seed)


def _batch_with_other_pens(digits: np.ndarray, seed: int) -> np.ndarray:
    """with_other_pens for one batch, which its own seed decides: what runs in a process."""
    generator = torch.Generator().manual_seed(seed)
    batch = torch.from_numpy(np.array(digits)).float()[:, None] / 255
    every = [np.rint(normalize(ink) * 255).astype(np.uint8) for ink in _rewritten(batch, generator)]
    return np.stack(every)


def _rewritten(digits: torch.Tensor, generator: torch.Generator) -> np.ndarray:
    """uint8 (n, side, side) of ink from digits float32 (n, 1, 28, 28) in [0, 1]."""
    n = len(digits)
    large = F.grid_sample(
        digits, _sampling_grid(n, generator), mode="bicubic", align_corners=False
    )[:, 0]
    ink = large > _INK_LEVEL
    width = line_width(ink)
    low, high = PEN_SHARES
    anyone = low + (high - low) * torch.rand(n, generator=generator).sqrt()
    usual = (_USUAL_PEN * torch.exp(_PEN_SPREAD * _cut_normal(n, generator))).clamp(low, high)
    pen = torch.where(torch.rand(n, generator=generator) < 0.5, anyone, usual) * BOX * _SCALE
    outwards = torch.maximum((pen - width) / 2, _THINNEST_PX / 2 - width / 2)
    return (with_edge_moved(ink, outwards) * 255).round().byte().numpy()


def _sampling_grid(n: int, generator: torch.Generator) -> torch.Tensor:
    """Where each enlarged pixel comes from: other proportions, slants and angles."""
    wider = torch.exp(_ASPECT_SPREAD / 2 * _cut_normal(n, generator))
    shear = _SHEAR_SPREAD * _cut_normal(n, generator)
    angle = torch.deg2rad(_TURN_SPREAD_DEG * _cut_normal(n, generator))
    cos, sin, none = angle.cos(), angle.sin(), torch.zeros(n)
    across = torch.stack([cos / wider, shear - sin / wider, none], 1)
    down = torch.stack([sin * wider, cos * wider, none], 1)
    maps = torch.stack([across, down], 1) * (_SIDE / (FIELD * _SCALE))
    return F.affine_grid(maps, [n, 1, _SIDE, _SIDE], align_corners=False)


def _cut_normal(n: int, generator: torch.Generator) -> torch.Tensor:
    """n standard normal numbers, cut at 2.5, so that no digit is torn."""
    return torch.randn(n, generator=generator).clamp(-2.5, 2.5)


def line_width(ink: torch.Tensor) -> torch.Tensor:
    """How wide the lines of ink, bool (n, h, w), are: float32 (n,), twice its area by the length
    of its edge; 0 for none."""
    edge = _count(ink[:, 1:] != ink[:, :-1]) + _count(ink[:, :, 1:] != ink[:, :, :-1])
    # Pixel edges are longer than the line that they follow, by 4 / pi where its directions are all
    # alike frequent.
    return 2 * _count(ink) / (edge * math.pi / 4).clamp_min(1)


def _count(marked: torch.Tensor) -> torch.Tensor:
    """How many are marked, int32 (n,); four times as fast as the sum of int64 that torch makes
    of bool."""
    return marked.sum((1, 2), dtype=torch.int32)


def with_edge_moved(ink: torch.Tensor, outwards: torch.Tensor) -> torch.Tensor:
    """Ink, bool (n, h, w), with its edge moved by float32 (n,) pixels, inwards where negative:
    float32 (n, h, w) in [0, 1], its edge smooth over one pixel."""
    if len(ink) == 0:
        return ink.float()
    # From the middle of a pixel to the edge between it and the next is half a pixel. Farther than
    # the edge moves in that direction it does not matter how far a pixel is.
    beyond = _distance(ink, math.ceil(max(float(outwards.max()), 0.0)) + 1) - 0.5
    within = _distance(~ink, math.ceil(max(float(-outwards.min()), 0.0)) + 1) - 0.5
    signed = torch.where(ink, -within, beyond)
    return (0.5 + outwards[:, None, None] - signed).clamp(0, 1)


def _distance(marked: torch.Tensor, farthest: int) -> torch.Tensor:
    """The distance of each pixel to the nearest marked one, float32, exact up to farthest and no
    less beyond it.

    Along the rows first, then along the columns: Felzenszwalb and Huttenlocher, "Distance
    Transforms of Sampled Functions" (2012), with a bounded search in place of their envelope, since
    no pen is wide.
    """
    squared = torch.full(marked.shape, _FAR, dtype=torch.int16).masked_fill_(marked, 0)
    return _nearest(_nearest(squared, 2, farthest), 1, farthest).float().sqrt()


def _nearest(squared: torch.Tensor, along: int, farthest: int) -> torch.Tensor:
    """The least of each pixel's own and its neighbours' squared distances, these with their way
    added."""
    least = squared.clone()
    length = squared.shape[along]
    for step in range(1, farthest + 1):
        reached = squared.narrow(along, 0, length - step) + step**2
        ahead = least.narrow(along, step, length - step)
        torch.minimum(ahead, reached, out=ahead)
        reached = squared.narrow(along, step, length - step) + step**2
        behind = least.narrow(along, 0, length - step)
        torch.minimum(behind, reached, out=behind)
    return least
