"""LeNet-5 with tanh and average pooling, for 28 × 28 digits; 61,706 parameters.

After LeCun, Bottou, Bengio and Haffner, "Gradient-Based Learning Applied to Document Recognition",
Proceedings of the IEEE 86(11), 1998, section II.B and figure 2. What differs from the paper:

- The digit is 28 × 28 and C1 pads it by 2; the paper's is 32 × 32. The maps have the paper's sizes.
- S2 and S4 are plain averages; the paper's have a trained factor and bias per map, and a sigmoid.
- C3 sees all six maps of S2; the paper joins them by its table I (1,516 parameters in place of 2,416).
- tanh(x) in place of 1.7159 tanh(2x / 3).
- The output is ten linear units read through softmax; the paper's are radial basis functions.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import nn

from digitpad.nets.figures import FIGURES
from digitpad.recognition import LayerFacts

PARAMETERS = {"C1": 156, "C3": 2_416, "C5": 48_120, "F6": 10_164, "output": 850}
TOTAL_PARAMETERS = 61_706


class LeNet5(nn.Module):
    """The network; its layers bear the paper's names, and S2 and S4 have no parameters.

    forward takes float32 (n, 1, 28, 28), normalised, and gives logits float32 (n, 10); n may be 0.
    """

    name = "lenet5"
    title = "LeNet-5"

    def __init__(self) -> None:
        super().__init__()
        self.C1 = nn.Conv2d(1, 6, kernel_size=5, padding=2)
        self.C3 = nn.Conv2d(6, 16, kernel_size=5)
        self.C5 = nn.Conv2d(16, 120, kernel_size=5)
        self.F6 = nn.Linear(120, 84)
        self.output = nn.Linear(84, 10)
        check_parameters(self)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.activations(x)[0]

    def activations(self, x: torch.Tensor) -> tuple[torch.Tensor, dict[str, torch.Tensor]]:
        """The logits (n, 10) and the output of every layer, by its name, from one forward pass.

        C1 (n, 6, 28, 28), S2 (n, 6, 14, 14), C3 (n, 16, 10, 10), S4 (n, 16, 5, 5), C5 (n, 120), F6 (n, 84),
        all in [-1, 1] after tanh, and output, the logits themselves.
        """
        c1 = torch.tanh(self.C1(x))  # (n, 6, 28, 28)
        s2 = F.avg_pool2d(c1, 2)  # (n, 6, 14, 14)
        c3 = torch.tanh(self.C3(s2))  # (n, 16, 10, 10)
        s4 = F.avg_pool2d(c3, 2)  # (n, 16, 5, 5)
        # C5's kernel covers the whole of S4, so its convolution is one matrix product, which is faster.
        c5 = torch.tanh(F.linear(s4.flatten(1), self.C5.weight.flatten(1), self.C5.bias))  # (n, 120)
        f6 = torch.tanh(self.F6(c5))  # (n, 84)
        logits = self.output(f6)  # (n, 10)
        return logits, {"C1": c1, "S2": s2, "C3": c3, "S4": s4, "C5": c5, "F6": f6, "output": logits}

    def facts(self) -> tuple[LayerFacts, ...]:
        """Each layer's kind, shape, parameters and receptive field, in the order of the forward pass."""
        return FIGURES[self.name]


def check_parameters(network: nn.Module) -> None:
    """Raise ValueError unless each layer of a LeNet-5 has the number of parameters that it should."""
    found = {name: sum(p.numel() for p in layer.parameters()) for name, layer in network.named_children()}
    if found != PARAMETERS or sum(found.values()) != TOTAL_PARAMETERS:
        raise ValueError(f"LeNet-5 should have {PARAMETERS}, {TOTAL_PARAMETERS} in all, but has {found}")
