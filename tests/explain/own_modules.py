"""Modules as people write them, of every kind of layer that is traced."""

from __future__ import annotations

from collections.abc import Callable

import torch
import torch.nn.functional as F
from torch import nn


def head(inputs: int) -> nn.Sequential:
    return nn.Sequential(nn.Flatten(), nn.Linear(inputs, 10))


class Residual(nn.Module):
    """Two blocks: one with the identity, one with a smaller convolution beside it."""

    def __init__(self) -> None:
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(1, 4, 3, padding=1), nn.BatchNorm2d(4), nn.ReLU())
        self.one = nn.Sequential(
            nn.Conv2d(4, 4, 3, padding=1, bias=False),
            nn.BatchNorm2d(4),
            nn.ReLU(inplace=True),
            nn.Conv2d(4, 4, 3, padding=1, bias=False),
            nn.BatchNorm2d(4),
        )
        self.two = nn.Sequential(
            nn.Conv2d(4, 6, 3, stride=2, padding=1, bias=False), nn.BatchNorm2d(6)
        )
        self.short = nn.Conv2d(4, 6, 1, stride=2)
        self.head = head(6)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.stem(x)
        x = F.relu(x + self.one(x))
        x = F.relu(self.two(x) + self.short(x))
        return self.head(F.adaptive_avg_pool2d(x, 1))


class Preactivated(nn.Module):
    """What is added is no layer's shown activation."""

    def __init__(self) -> None:
        super().__init__()
        self.a, self.b = nn.Conv2d(1, 4, 3, padding=1), nn.Conv2d(4, 4, 3, padding=1)
        self.norm = nn.BatchNorm2d(4)
        self.head = head(4 * 14 * 14)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.a(x)
        x = x + self.b(F.relu(self.norm(x)))
        return self.head(F.max_pool2d(x, 2))


class Joined(nn.Module):
    """Maps are put behind one another, as in DenseNet and Inception."""

    def __init__(self) -> None:
        super().__init__()
        self.a = nn.Conv2d(1, 3, 3, padding=1)
        self.b = nn.Conv2d(3, 3, 5, padding=2)
        self.c = nn.Conv2d(6, 4, 3, stride=2)
        self.head = head(4 * 13 * 13)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        a = torch.tanh(self.a(x))
        b = torch.tanh(self.b(a))
        return self.head(F.elu(self.c(torch.cat([a, b], 1))))


class Squeezed(nn.Module):
    """Maps are scaled by what the whole of them gives."""

    def __init__(self) -> None:
        super().__init__()
        self.a = nn.Conv2d(1, 4, 3)
        self.scale = nn.Linear(4, 4)
        self.b = nn.Conv2d(4, 4, 3)
        self.head = head(4 * 24 * 24)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = F.relu(self.a(x))
        s = torch.sigmoid(self.scale(F.adaptive_avg_pool2d(x, 1).flatten(1)))
        return self.head(F.relu(self.b(x * s[:, :, None, None])))


class Padded(nn.Module):
    """Padding by an operation of its own, kernels that are not square."""

    def __init__(self) -> None:
        super().__init__()
        self.a = nn.Conv2d(1, 3, (3, 5), stride=(1, 2))
        self.b = nn.Conv2d(3, 3, (5, 1), dilation=(2, 1), padding=(1, 0))
        self.head = head(3 * 24 * 14)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = F.leaky_relu(self.a(F.pad(x, (3, 1, 2, 2))), 0.2)
        return self.head(torch.tanh(self.b(x)))


class Normed(nn.Module):
    """A normalisation over all maps: each unit sees all."""

    def __init__(self) -> None:
        super().__init__()
        self.a, self.norm = nn.Conv2d(1, 4, 5), nn.GroupNorm(2, 4)
        self.head = head(4 * 24 * 24)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.head(F.relu(self.norm(self.a(x))))


class Reflected(nn.Module):
    """Padding that is no zeros."""

    def __init__(self) -> None:
        super().__init__()
        self.a = nn.Conv2d(1, 3, 3, padding=1, padding_mode="reflect")
        self.head = head(3 * 28 * 28)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.head(self.a(x))


class Mean(nn.Module):
    """Maps are averaged by a method of the tensor."""

    def __init__(self) -> None:
        super().__init__()
        self.a, self.last = nn.Conv2d(1, 8, 5, stride=2), nn.Linear(8, 10)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.last(F.relu(self.a(x)).mean(dim=(2, 3)))


class Rows(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.a, self.b = nn.Linear(784, 30), nn.Linear(30, 10)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return F.log_softmax(self.b(F.silu(self.a(x.view(-1, 784)))), dim=1)


class Recurrent(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.cell, self.last = nn.LSTM(28, 12, batch_first=True), nn.Linear(12, 10)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.last(self.cell(x.squeeze(1))[0][:, -1])


MODULES: dict[str, Callable[[], nn.Module]] = {
    "residual": Residual,
    "preactivated": Preactivated,
    "joined": Joined,
    "squeezed": Squeezed,
    "padded": Padded,
    "normed": Normed,
    "reflected": Reflected,
    "mean": Mean,
    "rows": Rows,
    "recurrent": Recurrent,
    "plain": lambda: nn.Sequential(
        nn.Conv2d(1, 6, 5, padding=2),
        nn.Sigmoid(),
        nn.AvgPool2d(2),
        nn.Conv2d(6, 8, 3, groups=2),
        nn.PReLU(8),
        nn.MaxPool2d(3, 2, padding=1),
        head(8 * 6 * 6),
    ),
    "depthwise": lambda: nn.Sequential(
        nn.Conv2d(1, 4, 3, stride=2, padding=1),
        nn.ReLU6(),
        nn.Conv2d(4, 4, 3, padding=1, groups=4, bias=False),
        nn.BatchNorm2d(4),
        nn.Hardswish(),
        nn.Conv2d(4, 8, 1),
        nn.GELU(),
        nn.AvgPool2d(3, 2, padding=1),
        head(8 * 7 * 7),
    ),
    "uncounted": lambda: nn.Sequential(
        nn.Conv2d(1, 4, 3, dilation=2),
        nn.Softplus(),
        nn.AvgPool2d(3, 2, padding=1, count_include_pad=False),
        head(4 * 12 * 12),
    ),
    "transposed": lambda: nn.Sequential(
        nn.Conv2d(1, 4, 3, stride=2, padding=1),
        nn.ReLU(),
        nn.ConvTranspose2d(4, 3, 4, stride=2, padding=1),
        nn.Tanh(),
        nn.ConvTranspose2d(3, 2, 3, dilation=2),
        nn.ELU(0.7),
        head(2 * 32 * 32),
    ),
    "upsampled": lambda: nn.Sequential(
        nn.Conv2d(1, 4, 3, stride=2, padding=1),
        nn.Upsample(scale_factor=2),
        nn.Conv2d(4, 4, 3, padding="same"),
        nn.Hardtanh(-2, 2),
        nn.Upsample(scale_factor=2, mode="bilinear"),
        nn.Conv2d(4, 2, 3, stride=2),
        nn.AdaptiveMaxPool2d(9),
        head(2 * 81),
    ),
    "three channels": lambda: nn.Sequential(
        nn.Conv2d(3, 4, 5), nn.ReLU(), nn.MaxPool2d(2), head(4 * 144)
    ),
    "perceptron": lambda: nn.Sequential(
        nn.Flatten(),
        nn.Linear(784, 40),
        nn.BatchNorm1d(40),
        nn.Mish(),
        nn.Dropout(0.5),
        nn.Linear(40, 10),
    ),
}
"""By name; each takes digits and tells ten classes apart."""
