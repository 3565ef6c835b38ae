"""Networks written as the tutorials' readers write them: small, with random weights."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import nn


class Lenet5(nn.Module):
    """All layers in one row under a name, tanh."""

    def __init__(self) -> None:
        super().__init__()
        self.net = nn.Sequential(
            nn.Conv2d(1, 6, 5, padding=2),
            nn.Tanh(),
            nn.AvgPool2d(2, 2),
            nn.Conv2d(6, 16, 5),
            nn.Tanh(),
            nn.AvgPool2d(2, 2),
            nn.Conv2d(16, 120, 5),
            nn.Tanh(),
            nn.Flatten(),
            nn.Linear(120, 84),
            nn.Tanh(),
            nn.Linear(84, 10),
        )

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.net(x)


class Lenet5Relu(nn.Module):
    """Modules by name, functions between them."""

    def __init__(self) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(1, 6, 5)
        self.conv2 = nn.Conv2d(6, 16, 5)
        self.fc1, self.fc2, self.fc3 = nn.Linear(256, 120), nn.Linear(120, 84), nn.Linear(84, 10)
        self.pool = nn.MaxPool2d(2)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.pool(F.relu(self.conv1(x)))
        x = self.pool(F.relu(self.conv2(x))).view(-1, 256)
        return self.fc3(F.relu(self.fc2(F.relu(self.fc1(x)))))


class Convnet816(nn.Module):
    """Gives logits and probabilities."""

    def __init__(self) -> None:
        super().__init__()
        self.conv_1, self.conv_2 = (
            nn.Conv2d(1, 8, 3, padding=1),
            nn.Conv2d(8, 16, (3, 3), padding=1),
        )
        self.linear_1 = nn.Linear(784, 10)

    def forward(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        x = F.max_pool2d(F.relu(self.conv_1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv_2(x)), (2, 2), stride=(2, 2))
        logits = self.linear_1(x.view(-1, 784))
        return logits, F.softmax(logits, dim=1)


class ConvnetDropout(nn.Module):
    """Ends in softmax; the activation comes after the pooling, in place."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Sequential(
            nn.Conv2d(1, 32, 5),
            nn.MaxPool2d(2),
            nn.ReLU(True),
            nn.Conv2d(32, 64, 5),
            nn.Dropout2d(),
            nn.MaxPool2d(2),
            nn.ReLU(True),
        )
        self.linear = nn.Sequential(
            nn.Linear(1024, 128), nn.ReLU(True), nn.Dropout2d(), nn.Linear(128, 10), nn.Softmax(1)
        )

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.linear(self.conv(x).view(-1, 1024))


class Lenet5003(nn.Module):
    """The maps of C3 are made one by one and joined; the forward pass prints."""

    def __init__(self) -> None:
        super().__init__()
        self.C1 = nn.Sequential(nn.Conv2d(1, 6, 5), nn.ReLU())
        self.S2 = nn.AvgPool2d(2)
        self.C3_unit_6x3, self.C3_unit_6x4 = nn.Conv2d(3, 1, 5), nn.Conv2d(4, 1, 5)
        self.C3_unit_3x4_pop1, self.C3_unit_1x6 = nn.Conv2d(4, 1, 5), nn.Conv2d(6, 1, 5)
        self.S4 = nn.AvgPool2d(2)
        self.fc1 = nn.Sequential(nn.Linear(400, 120), nn.ReLU())
        self.fc2 = nn.Sequential(nn.Linear(120, 84), nn.ReLU())
        self.fc3 = nn.Linear(84, 10)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.S2(self.C1(x))
        maps = torch.empty((len(x), 0, 10, 10))
        for unit, firsts, steps in (
            (self.C3_unit_6x3, 6, (0, 1, 2)),
            (self.C3_unit_6x4, 6, (0, 1, 2, 3)),
            (self.C3_unit_3x4_pop1, 3, (0, 1, 3, 4)),
        ):
            for first in range(firsts):
                seen = tuple((first + step) % 6 for step in steps)
                print(seen)
                maps = torch.cat([maps, unit(x[:, seen, :, :])], dim=1)
        maps = nn.ReLU()(torch.cat([maps, self.C3_unit_1x6(x)], dim=1))
        return self.fc3(self.fc2(self.fc1(self.S4(maps).view(len(x), -1))))


def sigmoid_row(pooling: type[nn.Module]) -> nn.Sequential:
    """The network of 004 with one pooling or the other: their state_dicts cannot be told apart."""
    return nn.Sequential(
        nn.Conv2d(1, 6, 5, padding=2),
        nn.Sigmoid(),
        pooling(2, 2),
        nn.Conv2d(6, 16, 5),
        nn.Sigmoid(),
        pooling(2, 2),
        nn.Flatten(),
        nn.Linear(400, 120),
        nn.Sigmoid(),
        nn.Linear(120, 84),
        nn.Sigmoid(),
        nn.Linear(84, 10),
    )


def mnist_row() -> nn.Sequential:
    """Exercise 3 of 004."""
    return nn.Sequential(
        nn.Conv2d(1, 10, 5),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(10, 20, 5),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(320, 120),
        nn.ReLU(),
        nn.Linear(120, 84),
        nn.ReLU(),
        nn.Linear(84, 10),
    )


class ThreeConvolutions(nn.Module):
    """Exercises 2.1, 2.2 and 2.3 of 004."""

    def __init__(
        self, maps: tuple[int, int, int] = (6, 16, 32), act: type[nn.Module] = nn.ReLU
    ) -> None:
        super().__init__()
        a, b, c = maps
        self.conv1, self.relu1, self.maxpool1 = (
            nn.Conv2d(1, a, 5, padding=2),
            act(),
            nn.MaxPool2d(2),
        )
        self.conv2, self.relu2, self.maxpool2 = (
            nn.Conv2d(a, b, 3, padding=1),
            act(),
            nn.MaxPool2d(2),
        )
        self.conv3, self.relu3, self.maxpool3 = (
            nn.Conv2d(b, c, 3, padding=1),
            act(),
            nn.MaxPool2d(2),
        )
        self.fc1, self.fc2, self.fc3 = nn.Linear(9 * c, 120), nn.Linear(120, 84), nn.Linear(84, 10)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.maxpool1(self.relu1(self.conv1(x)))
        x = self.maxpool2(self.relu2(self.conv2(x)))
        x = torch.flatten(self.maxpool3(self.relu3(self.conv3(x))), 1)
        return self.fc3(self.relu2(self.fc2(self.relu1(self.fc1(x)))))


class FourConvolutions(nn.Module):
    """Exercises 2.4 and 2.5 of 004."""

    def __init__(self, units: tuple[int, ...] = (512, 256, 10)) -> None:
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(1, 32, 3, padding=1),
            nn.ReLU(),
            nn.Conv2d(32, 64, 3, padding=1),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Conv2d(64, 128, 3, padding=1),
            nn.ReLU(),
            nn.Conv2d(128, 256, 3, padding=1),
            nn.ReLU(),
            nn.MaxPool2d(2),
        )
        row: list[nn.Module] = []
        for inputs, outputs in zip((12544, *units), units, strict=False):
            row += [nn.Linear(inputs, outputs), nn.ReLU()]
        self.fc = nn.Sequential(*row[:-1])

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.fc(self.features(x).flatten(1))


class Cnn3264(nn.Module):
    """The third answer of 000, its activations as modules."""

    def __init__(self) -> None:
        super().__init__()
        self.conv1, self.relu1, self.pool1 = (
            nn.Conv2d(1, 32, 5, 1, 2),
            nn.ReLU(),
            nn.MaxPool2d(2, 2),
        )
        self.conv2, self.relu2, self.pool2 = (
            nn.Conv2d(32, 64, 5, 1, 2),
            nn.ReLU(),
            nn.MaxPool2d(2, 2),
        )
        self.fc1, self.relu3, self.fc2 = nn.Linear(3136, 1024), nn.ReLU(), nn.Linear(1024, 10)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.pool2(self.relu2(self.conv2(self.pool1(self.relu1(self.conv1(x))))))
        return self.fc2(self.relu3(self.fc1(x.view(x.size(0), -1))))


PAGES = {
    "lenet5": Lenet5,
    "lenet5-relu": Lenet5Relu,
    "cnn-32-64": Cnn3264,
    "convnet-8-16": Convnet816,
    "convnet-dropout": ConvnetDropout,
    "lenet5-003": Lenet5003,
    "lenet5-sigmoid": lambda: sigmoid_row(nn.AvgPool2d),
    "lenet5-max": lambda: sigmoid_row(nn.MaxPool2d),
    "lenet5-windows": ThreeConvolutions,
    "lenet5-channels": lambda: ThreeConvolutions((10, 20, 40)),
    "lenet5-leaky": lambda: ThreeConvolutions(act=nn.LeakyReLU),
    "lenet5-convolutions": FourConvolutions,
    "lenet5-connections": lambda: FourConvolutions((512, 256, 128, 10)),
    "lenet5-mnist": mnist_row,
}
"""By the name of the table, how a page's network is built."""

TWINS = {"lenet5-sigmoid": "lenet5-max", "lenet5-windows": "lenet5-leaky"}
"""Those whose state_dicts are alike."""
