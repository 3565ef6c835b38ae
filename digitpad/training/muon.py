"""Muon: steps that move every direction of a matrix alike, for the layers within a network."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import nn

_MOMENTUM = 0.95
_ROUNDS = 5
"""Of the iteration that makes a matrix orthogonal; more change little."""
# The polynomial of Jordan's Newton-Schulz iteration: fast rather than exact, it leaves singular
# values of 0.7 to 1.2.
_A, _B, _C = 3.4445, -4.7750, 2.0315
_ADAMW_STEP = 0.2
"""The root mean square of AdamW's steps, which Muon's are scaled to."""


class MuonWithAdamW(torch.optim.AdamW):
    """Muon for the matrices within a network, AdamW for its last layer, its biases and its factors.

    Jordan et al., "Muon: An optimizer for hidden layers in neural networks" (2024): in place of the
    gradient's momentum a matrix goes along the nearest matrix whose singular values are all 1. Its
    steps are scaled to the size that AdamW's have, so that one rate and one weight decay do for
    both: Liu et al., "Muon is Scalable for LLM Training" (2025), section 2.2.

    A convolution's kernels are taken as a matrix of a row for each kernel. torch.optim.Muon takes
    nothing but matrices, and computes in bfloat16, for which few CPUs have units; this computes as
    the weights are stored.
    """

    def __init__(self, network: nn.Module, rate: float, weight_decay: float, fused: bool) -> None:
        """network: its last weights of more than one dimension count as the last layer's."""
        weights = [p for p in network.parameters() if p.ndim > 1]
        inner, last = weights[:-1], weights[-1:]
        plain = [p for p in network.parameters() if p.ndim <= 1]
        groups: list[dict[str, Any]] = [
            {"params": inner, "weight_decay": weight_decay, "orthogonal": True},
            {"params": last, "weight_decay": weight_decay, "orthogonal": False},
            {"params": plain, "weight_decay": 0.0, "orthogonal": False},
        ]
        groups = [group for group in groups if group["params"]]
        super().__init__(groups, lr=rate, betas=(0.9, 0.98), fused=fused)

    @torch.no_grad()
    def step(self, closure: Callable[[], Any] | None = None) -> Any:
        """One step for every weight that has a gradient; the gradients of the matrices within
        are used up."""
        loss = None
        if closure is not None:
            with torch.enable_grad():
                loss = closure()
        for group in self.param_groups:
            if not group["orthogonal"]:
                continue
            for weight in group["params"]:
                if weight.grad is not None:
                    self._orthogonal_step(
                        weight, weight.grad, float(group["lr"]), group["weight_decay"]
                    )
                    # AdamW leaves out what has no gradient.
                    weight.grad = None
        super().step()
        return loss

    def _orthogonal_step(
        self, weight: torch.Tensor, gradient: torch.Tensor, rate: float, weight_decay: float
    ) -> None:
        """Move a weight in place along its momentum, made orthogonal, after the gradient."""
        state = self.state[weight]
        if "momentum" not in state:
            state["momentum"] = torch.zeros_like(gradient)
            state["step"] = torch.zeros(())  # AdamW looks for it in every state that it takes over
        momentum = state["momentum"].lerp_(gradient, 1 - _MOMENTUM)
        ahead = gradient.lerp(momentum, _MOMENTUM).flatten(1)
        direction = orthogonal(ahead).reshape(weight.shape)
        weight.mul_(1 - rate * weight_decay)
        weight.add_(direction, alpha=-rate * _ADAMW_STEP * max(ahead.shape) ** 0.5)


def orthogonal(matrix: torch.Tensor) -> torch.Tensor:
    """Nearly the orthogonal matrix nearest to one of float (m, n): its singular values become
    about 0.7 to 1.2; the smallest, under a hundredth of the matrix's norm, stay below that. A
    matrix of zeros stays."""
    if matrix.shape[0] > matrix.shape[1]:
        return orthogonal(matrix.T).T
    x: torch.Tensor = matrix / (matrix.norm() + 1e-7)
    for _ in range(_ROUNDS):
        gram = x @ x.T
        x = _A * x + (_B * gram + _C * gram @ gram) @ x
    return x
