"""No jitter at all, and a template to draw without it: tests switch on what they look at."""

from __future__ import annotations

from digitpad.handwriting.jitter import HandwritingJitter
from digitpad.handwriting.skeleton import Skeleton
from digitpad.handwriting.templates import Template, parse_stroke

NO_JITTER = HandwritingJitter(
    shape_spread=0,
    point_spread=0,
    bow_spread=0,
    rounding_share=0,
    end_spread=0,
    gap_spread=0,
    stroke_share=0,
    joined_share=0,
    hook_share=0,
    tail_share=0,
    loop_share=0,
    halves_spread=0,
    waist_spread=0,
    warp_spread=0,
    aspect_spread=0,
    slant_mean=0,
    slant_spread=0,
    rotation_spread=0,
    turned_share=0,
    tremor_share=0,
    sparse_share=0,
    pressure_share=0,
    skip_share=0,
    dot_share=0,
    reversed_share=0,
)


def skeleton(*strokes: str, jitter_scale: float = 1.0) -> Skeleton:
    """A template of these strokes, made ready to be jittered."""
    return Skeleton(
        Template(
            "4", "t", 1.0, jitter_scale, 1.0, "", tuple(parse_stroke(stroke) for stroke in strokes)
        )
    )


FOUR = ("line 40,0 0,60 60,60", "line 40,0 40,100")
