"""How far synthetic handwriting departs from its templates, setting by setting."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class HandwritingJitter:
    """How far a drawing departs from its template, and why: the writer's part
    (handwriting/skeleton.py and flourishes.py) and the tablet's (handwriting/tablets.py).

    Lengths are in hundredths of the template's height; a spread is a standard deviation, cut at 2.5
    of them; a share is the part of all drawings that has the change. The spreads marked (s) are
    multiplied by the drawing's scale and the template's jitter_scale.
    """

    scale: tuple[float, float] = (0.4, 2.7)
    """A drawing's own, log-uniform: the same person writes neatly or in a hurry, and then
    everything moves more."""
    shape_spread: float = 2.6
    """(s) Neighbouring points move together, over half a height: everybody's 3 has its own
    proportions."""
    point_spread: float = 1.5
    """(s) Points move on their own, a tenth of a height away others do not follow: nobody is
    exact. Points that meet stay together.
    """
    bow_spread: float = 0.05
    """(s) Straight lines bend to one side, by this part of their length: a writer turns about the
    wrist."""
    rounding_share: float = 0.5
    """Corners rounded: a quick pen does not stop in them."""
    end_spread: float = 3.5
    """(s) Strokes end too early or too late, along the stroke; across it by half of that."""
    gap_spread: float = 1.7
    """(s) Whole strokes of a sign with several are moved: they do not quite meet, or cross."""
    stroke_share: float = 0.5
    stroke_shift: float = 5.5
    stroke_turn_deg: float = 8.0
    stroke_length: float = 0.13
    """Drawings whose second and later strokes are set down as the pen happens to land, by the
    template's jitter_scale alone: moved, turned, and longer or shorter by this part. A 7 is crossed
    anywhere, the bar of a 5 floats."""
    joined_share: float = 0.12
    joined_gap: float = 0.55
    """The pen is not lifted between two strokes that are no farther apart than this part of the
    height: a writer in a hurry, or a tablet that does not notice. Farther ones stay apart: a 4
    whose bar runs back up to its top is a 9."""
    hook_share: float = 0.12
    hook: tuple[float, float] = (2.0, 9.0)
    """A small hook where the pen lands or leaves: it touches the glass before it writes, or slips
    away. The smaller a template's jitter_scale, the fewer have it."""
    tail_share: float = 0.25
    tail: tuple[float, float] = (6.0, 22.0)
    tail_turn: float = 7.0
    """Drawings one of whose ends runs on in a curve: a pen that swings in or out. It sets off
    within some 0.25 radians of the stroke's direction and bends more and more; its mean curvature,
    in radians a height, has the spread tail_turn. The smaller a template's jitter_scale, the fewer
    have it."""
    loop_share: float = 0.35
    loop: tuple[float, float] = (2.0, 7.0)
    """Drawings whose strokes may turn with a small loop, of this radius, where they would turn most
    sharply: a round writer does not stop there. Each stroke with such a corner does so in half of
    them. The smaller a template's jitter_scale, the fewer have it."""
    halves_spread: float = 0.14
    """(s) The upper half is wider than the lower one by this part, or narrower."""
    waist_spread: float = 0.05
    """(s) The middle moves up or down, and one half grows at the other's cost."""
    warp_spread: float = 2.2
    """(s) The plane is bent by two slow waves: what straight writing on a slippery screen turns
    into."""
    aspect_spread: float = 0.24
    """The logarithm of the width: narrow and wide writing."""
    slant_mean: float = 0.07
    slant_spread: float = 0.18
    """Shear, positive to the right, as most right-handed people write; cut at -0.3 and 0.5."""
    rotation_spread: float = 5.0
    """Degrees; a tablet is not held straight."""
    turned_share: float = 0.33
    """Drawings turned by anything up to 15 degrees."""
    tremor_share: float = 0.15
    tremor: tuple[float, float] = (0.3, 1.1)
    """A finger, a mouse or an old person shakes."""
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


DEFAULT_JITTER = HandwritingJitter()
"""What the generated digits of the training data have."""
