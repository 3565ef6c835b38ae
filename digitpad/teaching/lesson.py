"""The steps of a teaching: from a network's weights and a person's drawings to new weights."""

from __future__ import annotations

import copy
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
import torch.nn.functional as F

from digitpad.core.errors import DigitpadError
from digitpad.core.languages import _
from digitpad.datasets import NON_DIGIT
from digitpad.nets.modules import DeclaredNetwork
from digitpad.teaching.own_drawings import OwnDrawings
from digitpad.teaching.recipe import TeachingRecipe
from digitpad.training.calibration import all_logits
from digitpad.training.cpu_lenet5 import fast_cpu_variant
from digitpad.training.data.augmentation import augment
from digitpad.training.data.sources import DigitSource
from digitpad.training.measuring import as_floats
from digitpad.training.settings import ImageAugmentation

_HALVINGS = 5
_CPU = torch.device("cpu")


@dataclass(frozen=True, eq=False)
class Remembered:
    """Digits to replay, so many at each step, and the logits (n, classes) that the network gave
    for them before it was taught."""

    source: DigitSource
    per_step: int
    logits: torch.Tensor


def teach(
    network: DeclaredNetwork,
    own: OwnDrawings,
    is_hard: torch.Tensor,
    replayed: Sequence[Remembered],
    recipe: TeachingRecipe,
    threshold: float | None,
    progress: Callable[[float], None] = lambda share: None,
) -> DeclaredNetwork:
    """A copy of a network, on the CPU, that has been taught; the network itself stays as it is.

    is_hard: bool (n,), which of the person's drawings are read wrongly. threshold: the energy below
    which the network rejects a drawing, None where it rejects none. progress: told the share done.
    Raises DigitpadError where the numbers grow without end.
    """
    taught = copy.deepcopy(network)
    steps = _Steps(taught, own, is_hard, replayed, recipe, threshold)
    for number in range(recipe.steps):
        steps.take(number)
        progress((number + 1) / recipe.steps)
    taught.eval()
    if recipe.smallest_share < 1:
        _go_part_of_the_way(network, taught, own, recipe)
    return taught


class _Steps:
    """The optimiser's steps on batches of the person's and of replayed digits."""

    def __init__(
        self,
        taught: DeclaredNetwork,
        own: OwnDrawings,
        is_hard: torch.Tensor,
        replayed: Sequence[Remembered],
        recipe: TeachingRecipe,
        threshold: float | None,
    ) -> None:
        self._recipe, self._threshold = recipe, threshold
        self._form = taught.form
        self._seen_through = fast_cpu_variant(taught, _CPU)
        self._seen_through.train()
        self._optimizer = torch.optim.Adam(taught.parameters(), lr=recipe.learning_rate)
        self._random = torch.Generator().manual_seed(recipe.seed)
        self._copies = torch.from_numpy(own.copies)
        self._labels = torch.from_numpy(own.labels[own.places])
        of_hard = is_hard[torch.from_numpy(own.places)]
        self._hard = torch.nonzero(of_hard)[:, 0]
        self._easy = torch.nonzero(~of_hard)[:, 0]
        self._streams = [_Stream(one, self._random) for one in replayed if one.per_step]

    def take(self, number: int) -> None:
        """Take one step; raises DigitpadError where the loss is no number."""
        recipe = self._recipe
        falling = 0.5 + 0.5 * math.cos(math.pi * number / recipe.steps)
        for group in self._optimizer.param_groups:
            group["lr"] = recipe.learning_rate * (0.1 + 0.9 * falling)
        own, own_labels = self._own_batch()
        taken = [stream.next() for stream in self._streams]
        batch = torch.cat([own, *(as_floats(digits) for digits, _labels, _before in taken)])
        labels = torch.cat([own_labels, *(each for _digits, each, _before in taken)])
        logits = self._seen_through(self._form.of(batch))
        loss = self._loss(logits, labels, len(own_labels))
        if taken and recipe.memory_weight:
            before = torch.cat([each for _digits, _labels, each in taken])
            loss = loss + recipe.memory_weight * F.mse_loss(logits[len(own_labels) :], before)
        if not math.isfinite(loss.item()):
            raise DigitpadError(
                _("The teaching went astray: its numbers grew without end. Nothing was changed.")
            )
        self._optimizer.zero_grad(set_to_none=True)
        torch.autograd.backward(loss)
        self._optimizer.step()

    def _loss(self, logits: torch.Tensor, labels: torch.Tensor, own_n: int) -> torch.Tensor:
        """Cross-entropies and hinges as the recipe weighs them; the first own_n are the
        person's."""
        recipe = self._recipe
        is_digit = labels != NON_DIGIT
        is_own = torch.arange(len(labels)) < own_n
        loss = logits.sum() * 0  # where there is nothing to learn from, gradients of 0
        for which, weight in ((is_own, recipe.own_weight), (~is_own, 1.0)):
            if bool((chosen := which & is_digit).any()):
                loss = loss + weight * F.cross_entropy(logits[chosen], labels[chosen])
        if self._threshold is not None and recipe.energy_weight:
            energy = logits.logsumexp(1) - logits.mean(1)
            short = F.relu(self._threshold + recipe.energy_margin - energy)
            over = F.relu(energy - self._threshold + recipe.energy_margin)
            for missed, chosen in (
                (short, is_own & is_digit),
                (over, is_own & ~is_digit),
                (over, ~is_own & ~is_digit),
            ):
                if bool(chosen.any()):
                    loss = loss + recipe.energy_weight * missed[chosen].square().mean()
        return loss

    def _own_batch(self) -> tuple[torch.Tensor, torch.Tensor]:
        """Copies of the person's drawings, float32 (k, 1, 28, 28), moved and bent once more, and
        their labels: of those that are read wrongly and of the others, as the recipe has it."""
        k = self._recipe.own_per_step
        hard = math.ceil(self._recipe.misread_share * k)
        hard = k if not len(self._easy) else 0 if not len(self._hard) else hard
        places = torch.cat([self._pick(self._hard, hard), self._pick(self._easy, k - hard)])
        strength = torch.full((k,), self._recipe.image_augmentation)
        digits = as_floats(self._copies[places])
        return augment(digits, ImageAugmentation(), self._random, strength), self._labels[places]

    def _pick(self, among: torch.Tensor, count: int) -> torch.Tensor:
        if not count:
            return torch.empty(0, dtype=torch.int64)
        return among[torch.randint(len(among), (count,), generator=self._random)]


class _Stream:
    """The digits of a source, so many at a time, at random; all come before any comes again."""

    def __init__(self, remembered: Remembered, random: torch.Generator) -> None:
        self._remembered, self._random = remembered, random
        self._order = torch.empty(0, dtype=torch.int64)

    def next(self) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Digits, labels and the logits of before."""
        source = self._remembered.source
        count = min(self._remembered.per_step, len(source.labels))
        if len(self._order) < count:
            self._order = torch.randperm(len(source.labels), generator=self._random)
        taken, self._order = self._order[:count], self._order[count:]
        return source.digits[taken], source.labels[taken], self._remembered.logits[taken]


def _go_part_of_the_way(
    network: DeclaredNetwork, taught: DeclaredNetwork, own: OwnDrawings, recipe: TeachingRecipe
) -> None:
    """Bring the taught weights back towards those of before, as far as the person's drawings and
    their copies are read as well, but for the share of them that the recipe tolerates."""
    before = {name: tensor.clone() for name, tensor in network.state_dict().items()}
    after = {name: tensor.clone() for name, tensor in taught.state_dict().items()}
    is_digit = torch.from_numpy(own.labels != NON_DIGIT)
    drawn = torch.from_numpy(own.digits).mul(255).round().to(torch.uint8)[is_digit]
    of_digit = is_digit[torch.from_numpy(own.places)]
    digits = torch.cat([drawn, torch.from_numpy(own.copies)[of_digit]])
    labels = torch.from_numpy(own.labels)
    wanted = torch.cat([labels[is_digit], labels[torch.from_numpy(own.places)][of_digit]])

    def read(share: float) -> tuple[int, int]:
        """How many drawings, and how many copies, are read rightly so far along the way."""
        taught.load_state_dict(_between(before, after, share))
        right = all_logits(taught, digits).argmax(1) == wanted
        return int(right[: len(drawn)].sum()), int(right[len(drawn) :].sum())

    drawings, copies = read(1.0)
    low, high = recipe.smallest_share, 1.0
    if len(wanted):
        for _halving in range(_HALVINGS):
            middle = (low + high) / 2
            found = read(middle)
            enough = found[0] >= drawings and found[1] >= copies - recipe.tolerated * (
                len(wanted) - len(drawn)
            )
            low, high = (low, middle) if enough else (middle, high)
    taught.load_state_dict(_between(before, after, high))


def _between(
    before: dict[str, torch.Tensor], after: dict[str, torch.Tensor], share: float
) -> dict[str, torch.Tensor]:
    """Weights so far along the way; whole numbers are those of its end."""
    return {
        name: torch.lerp(before[name], tensor, share) if tensor.is_floating_point() else tensor
        for name, tensor in after.items()
    }
