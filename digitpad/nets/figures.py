"""The layers of each network as a figure shows them; known without torch, so that a window can lay them out before
it has loaded."""

from __future__ import annotations

from digitpad.recognition import LayerFacts

_TANH = (-1.0, 1.0)

FIGURES: dict[str, tuple[LayerFacts, ...]] = {
    "lenet5": (
        LayerFacts("C1", "convolution 5 × 5, tanh", (6, 28, 28), 156, 5, *_TANH),
        LayerFacts("S2", "average 2 × 2", (6, 14, 14), 0, 6, *_TANH, stride=2),
        LayerFacts("C3", "convolution 5 × 5, tanh", (16, 10, 10), 2_416, 14, *_TANH, stride=2),
        LayerFacts("S4", "average 2 × 2", (16, 5, 5), 0, 16, *_TANH, stride=4),
        LayerFacts("C5", "convolution 5 × 5, tanh", (120,), 48_120, 32, *_TANH),
        LayerFacts("F6", "fully connected, tanh", (84,), 10_164, 32, *_TANH),
        LayerFacts("output", "fully connected", (10,), 850, 32),
    ),
}
"""By the network's name, in the order of the forward pass."""
