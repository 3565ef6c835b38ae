"""How a network is taught a person's own drawings in seconds, without forgetting the rest: every
number of it.

    TeachingRecipe()                   # as the program teaches
    TeachingRecipe().without_replay()  # the lesson: the same, by which all else is forgotten

Needs no torch.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

from digitpad.training.checks import check_number, check_whole


@dataclass(frozen=True)
class TeachingRecipe:
    """The steps, what a batch is made of and what the loss weighs; raises ValueError for what is
    out of range.

    Chosen on drawings of writers 1 to 14 of pendigits-train (docs/decisions/0015-teaching.md).
    """

    # How long
    steps: int = 60
    """Steps of Adam."""
    learning_rate: float = 5e-4
    """Of the first step; it falls along half a cosine to a tenth at the last."""
    seed: int = 0
    """Of the choice of the digits and of their jitter: the same seed teaches the same weights."""

    # What a batch is made of
    own_per_step: int = 4
    """The person's drawings, each written anew ..."""
    misread_share: float = 0.5
    """... of which so many are such as are read wrongly, as long as there are both."""
    mnist_per_step: int = 32
    """Digits of MNIST; synthetic ones take their place where MNIST is not installed."""
    synthetic_per_step: int = 32
    """Digits of synthetic handwriting."""
    non_digits_per_step: int = 16
    """Drawings that are no digit."""

    # How a drawing is written anew
    copies: int = 24
    """How often each drawing is written anew before the steps begin, where there are few."""
    most_copies: int = 600
    """How many copies there are in all, where there are many; each drawing has one at least."""
    rotation_deg: float = 8.0
    """Each is turned by as much at most, either way."""
    smallest: float = 0.75
    """It is made as much smaller at most, with the same pen, which is then the thicker ..."""
    largest: float = 1.1
    """... or as much larger."""
    shear: float = 0.05
    """Sideways shift per unit of height, at most, either way."""
    image_augmentation: float = 0.3
    """The share of training's augmentation that each gets beside, at every step."""

    # What the loss weighs
    own_weight: float = 0.5
    """Of the mean cross-entropy of the person's drawings; that of the replayed digits weighs 1."""
    memory_weight: float = 5.0
    """Of the mean squared difference between the logits of what is replayed and those that the
    network gave before: it is held to what it said, not only to its answers (after Li and Hoiem,
    "Learning without Forgetting", ECCV 2016, section 3)."""
    energy_weight: float = 0.01
    """Of the squared hinge on the energy (Liu et al. 2020, section 3.2): of non-digits ..."""
    energy_margin: float = 1.0
    """... it should lie so far below the threshold, of the person's digits so far above."""

    # How much of the change is kept
    smallest_share: float = 0.1
    """The least share of the way from the old weights to the new ones that is gone; 1 goes it
    all (after Wortsman et al., "Robust fine-tuning of zero-shot models", CVPR 2022)."""
    tolerated: float = 0.05
    """The way is gone as far as it takes to read as many copies as at its end, but for this share
    of them."""

    def __post_init__(self) -> None:
        check_whole(self, "steps", 1, 10_000)
        check_number(self, "learning_rate", 0, 1)
        check_whole(self, "seed", 0, 2**31 - 1)
        check_whole(self, "own_per_step", 1, 1_000)
        for name in ("mnist_per_step", "synthetic_per_step", "non_digits_per_step"):
            check_whole(self, name, 0, 1_000)
        check_whole(self, "copies", 1, 1_000)
        check_whole(self, "most_copies", 1, 100_000)
        check_number(self, "rotation_deg", 0, 180)
        check_number(self, "smallest", 0.1, 1)
        check_number(self, "largest", 1, 3)
        check_number(self, "shear", 0, 1)
        for name in ("misread_share", "image_augmentation", "smallest_share", "tolerated"):
            check_number(self, name, 0, 1)
        for name in ("own_weight", "memory_weight", "energy_weight", "energy_margin"):
            check_number(self, name, 0, 1_000)

    def without_replay(self) -> TeachingRecipe:
        """The same with the drawings alone that are read wrongly, as a beginner would do it: they
        weigh 1, and the whole way is gone."""
        return replace(
            self,
            mnist_per_step=0,
            synthetic_per_step=0,
            non_digits_per_step=0,
            misread_share=1.0,
            own_weight=1.0,
            smallest_share=1.0,
        )

    def departures(self) -> Mapping[str, object]:
        """The settings that differ from the defaults, by name."""
        usual = asdict(TeachingRecipe())
        return {name: value for name, value in asdict(self).items() if value != usual[name]}
