"""Which score tells digits from what is none: the alternatives to the energy, on the shipped
network.

    python benchmarks/rejection_methods.py [--count 6000] [--seed 5]

Every score gets the threshold that rejects 0.35 % of MNIST's 5,000 validation digits, the share
that the shipped threshold is set for. Printed for each: the share of each kind of generated
non-digits rejected (other drawings than training's), and of MNIST's validation digits and of
fresh generated digits. The distance and the linear layer are fitted on the training digits, the
linear layer with generated non-digits against them; both read F6 and leave the network as it is.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable

import numpy as np
import torch

from digitpad.core.paths import shipped_weights
from digitpad.datasets import load, split
from digitpad.handwriting.non_digits import KINDS, make_non_digits
from digitpad.handwriting.pen_styles import make_digits
from digitpad.nets.files.weights_file import load_weights
from digitpad.nets.modules import DeclaredNetwork, build
from digitpad.nets.rejection import energy
from digitpad.training.calibration import REJECTED_SHARE
from digitpad.training.measuring import as_floats

_FITTED_ON = 20_000

Score = Callable[[torch.Tensor, torch.Tensor], torch.Tensor]
"""From logits (n, 10) and F6 (n, 84) to a score (n,) that is high for digits."""


def main() -> None:
    """Fit the scores that need it, then print what each rejects."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--count", type=int, default=6_000, help="generated non-digits (default: 6,000)"
    )
    parser.add_argument(
        "--seed", type=int, default=5, help="of the generated drawings (default: 5)"
    )
    arguments = parser.parse_args()
    network = build("lenet5")
    load_weights(shipped_weights(), network)
    network.eval()
    learnt, held = split(load("mnist"))
    fitting, labels = (
        learnt.digits[:_FITTED_ON],
        torch.from_numpy(learnt.labels[:_FITTED_ON].astype("int64")),
    )
    # Drawings for fitting and for measuring come from different seeds, and neither from training's.
    stray, _ = make_non_digits(_FITTED_ON // 2, 10_000 + arguments.seed, 2)
    away, kinds = make_non_digits(arguments.count, 20_000 + arguments.seed, 2)
    drawn, _, _ = make_digits(arguments.count, 30_000 + arguments.seed, 2)
    _, f6 = read(network, fitting)
    _, stray_f6 = read(network, stray)
    scores: dict[str, Score] = {
        "energy (shipped)": lambda logits, _: torch.from_numpy(energy(logits.numpy())),
        "highest probability": lambda logits, _: logits.softmax(1).amax(1),
        "highest logit": lambda logits, _: logits.amax(1),
        "margin of the two highest": lambda logits, _: -logits.topk(2).values.diff(dim=1)[:, 0],
        "distance in F6": distance(f6, labels),
        "linear layer on F6": linear(f6, stray_f6),
    }
    validation, pen, none = (read(network, digits) for digits in (held.digits, drawn, away))
    print(
        f"{'score':<28}" + "".join(f"{kind:>10}" for kind in KINDS) + f"{'MNIST':>10}{'drawn':>10}"
    )
    for name, score in scores.items():
        threshold = torch.quantile(score(*validation), REJECTED_SHARE)
        rejected = (score(*none) < threshold).numpy()
        shares = [rejected[kinds == place].mean() for place in range(len(KINDS))]
        shares += [float((score(*each) < threshold).double().mean()) for each in (validation, pen)]
        print(f"{name:<28}" + "".join(f"{share:>10.1%}" for share in shares))


@torch.inference_mode()
def read(network: DeclaredNetwork, digits: np.ndarray) -> tuple[torch.Tensor, torch.Tensor]:
    """Logits and F6 of digits uint8 (n, 28, 28)."""
    logits, f6 = [], []
    for part in torch.from_numpy(np.ascontiguousarray(digits)).split(1000):
        out, layers = network.activations(network.form.of(as_floats(part)))
        logits.append(out)
        f6.append(layers["F6"])
    return torch.cat(logits), torch.cat(f6)


def distance(f6: torch.Tensor, labels: torch.Tensor) -> Score:
    """Minus the Mahalanobis distance to the nearest class's mean, one covariance for all (Lee et
    al., NeurIPS 2018, section 2.1)."""
    means = torch.stack([f6[labels == label].mean(0) for label in range(10)])
    centred = f6 - means[labels]
    precision = torch.linalg.inv(centred.T @ centred / len(f6) + 1e-3 * torch.eye(f6.shape[1]))

    def score(_: torch.Tensor, seen: torch.Tensor) -> torch.Tensor:
        apart = seen[:, None] - means[None]
        return -torch.einsum("nki,ij,nkj->nk", apart, precision, apart).amin(1)

    return score


def linear(digits: torch.Tensor, others: torch.Tensor, epochs: int = 8) -> Score:
    """A logistic layer on F6, digits against others."""
    torch.manual_seed(0)
    layer = torch.nn.Linear(digits.shape[1], 1)
    seen, wanted = (
        torch.cat([digits, others]),
        torch.cat([torch.ones(len(digits)), torch.zeros(len(others))]),
    )
    optimizer = torch.optim.AdamW(layer.parameters(), lr=5e-3)
    for _ in range(epochs):
        for batch in torch.randperm(len(seen)).split(500):
            loss = torch.nn.functional.binary_cross_entropy_with_logits(
                layer(seen[batch])[:, 0], wanted[batch]
            )
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()

    @torch.inference_mode()
    def score(_: torch.Tensor, f6: torch.Tensor) -> torch.Tensor:
        return layer(f6)[:, 0]

    return score


if __name__ == "__main__":
    main()
