"""The LeNet of Dive into Deep Learning, and the six exercises of tutorial 004 that change it."""

from __future__ import annotations

from digitpad.core.languages import N_
from digitpad.nets.spec.declaration import Conv, Dense, Network, Pool, Recipe, one_rate

_D2L = Recipe(
    "sgd",
    one_rate(10, 0.9),
    batch=256,
    initialization="xavier",
    dataset="fashion-mnist",
    figure=N_("0.78 to 0.82 of Fashion-MNIST's test set after ten epochs"),
)
_D2L_RELU = Recipe(
    "sgd",
    one_rate(10, 0.01),
    batch=256,
    initialization="xavier",
    dataset="fashion-mnist",
    departures=(
        N_(
            "the page prints this network without training it; the rate is that of its "
            "one ReLU network that it trains, since 0.9, the rate of the sigmoid "
            "networks, makes ReLU networks diverge"
        ),
    ),
)

ENTRIES = (
    Network(
        name="lenet5-sigmoid",
        title=N_("LeNet, sigmoid"),
        tutorial="004",
        about=N_("the LeNet of Dive into Deep Learning: sigmoid and average pooling, on clothes"),
        layers=(
            Conv("C1", 6, 5, "sigmoid", padding=2),  # 6 × 28 × 28; 156 parameters
            Pool("S2"),  # 6 × 14 × 14
            Conv("C3", 16, 5, "sigmoid"),  # 16 × 10 × 10; 2,416 parameters
            Pool("S4"),  # 16 × 5 × 5
            Dense("F5", 120, "sigmoid"),  # 120; 48,120 parameters
            Dense("F6", 84, "sigmoid"),  # 84; 10,164 parameters
            Dense("output", 10),  # 10; 850 parameters
        ),
        file_names=("0", "3", "7", "9", "11"),
        recipes={
            "tutorial": _D2L,
            "exercise-2.6": Recipe(
                "sgd",
                one_rate(20, 0.001),
                batch=256,
                initialization="xavier",
                dataset="fashion-mnist",
                departures=(
                    N_("the page's sixth change; with sigmoids so low a rate leaves it at chance"),
                ),
            ),
        },
        best_rate=4e-3,
        best_epochs=60,
        notes=(
            N_(
                "Exercise 2.6 lowers the rate to 0.001: with sigmoids, twenty epochs of "
                "that leave the network at chance."
            ),
        ),
    ),
    Network(
        name="lenet5-max",
        title=N_("LeNet, max pooling"),
        tutorial="004, exercise 1",
        about=N_("sigmoid, and max in place of average pooling"),
        layers=(
            Conv("C1", 6, 5, "sigmoid", padding=2),  # 6 × 28 × 28; 156 parameters
            Pool("S2", "max"),  # 6 × 14 × 14
            Conv("C3", 16, 5, "sigmoid"),  # 16 × 10 × 10; 2,416 parameters
            Pool("S4", "max"),  # 16 × 5 × 5
            Dense("F5", 120, "sigmoid"),  # 120; 48,120 parameters
            Dense("F6", 84, "sigmoid"),  # 84; 10,164 parameters
            Dense("output", 10),  # 10; 850 parameters
        ),
        file_names=("0", "3", "7", "9", "11"),
        recipes={"tutorial": _D2L},
        best_rate=4e-3,
        best_epochs=8,
    ),
    Network(
        name="lenet5-windows",
        title=N_("LeNet, other windows"),
        tutorial="004, exercise 2.1",
        about=N_("windows of 5 × 5 and 3 × 3, a third convolution, ReLU"),
        layers=(
            Conv("C1", 6, 5, "ReLU", padding=2),  # 6 × 28 × 28; 156 parameters
            Pool("S2", "max"),  # 6 × 14 × 14
            Conv("C3", 16, 3, "ReLU", padding=1),  # 16 × 14 × 14; 880 parameters
            Pool("S4", "max"),  # 16 × 7 × 7
            Conv("C5", 32, 3, "ReLU", padding=1),  # 32 × 7 × 7; 4,640 parameters
            Pool("S6", "max"),  # 32 × 3 × 3
            Dense("F7", 120, "ReLU"),  # 120; 34,680 parameters
            Dense("F8", 84, "ReLU"),  # 84; 10,164 parameters
            Dense("output", 10),  # 10; 850 parameters
        ),
        file_names=("conv1", "conv2", "conv3", "fc1", "fc2", "fc3"),
        recipes={"tutorial": _D2L_RELU},
        best_rate=2e-3,
        best_epochs=8,
    ),
    Network(
        name="lenet5-channels",
        title=N_("LeNet, more channels"),
        tutorial="004, exercise 2.2",
        about=N_("10, 20 and 40 maps, ReLU"),
        layers=(
            Conv("C1", 10, 5, "ReLU", padding=2),  # 10 × 28 × 28; 260 parameters
            Pool("S2", "max"),  # 10 × 14 × 14
            Conv("C3", 20, 3, "ReLU", padding=1),  # 20 × 14 × 14; 1,820 parameters
            Pool("S4", "max"),  # 20 × 7 × 7
            Conv("C5", 40, 3, "ReLU", padding=1),  # 40 × 7 × 7; 7,240 parameters
            Pool("S6", "max"),  # 40 × 3 × 3
            Dense("F7", 120, "ReLU"),  # 120; 43,320 parameters
            Dense("F8", 84, "ReLU"),  # 84; 10,164 parameters
            Dense("output", 10),  # 10; 850 parameters
        ),
        file_names=("conv1", "conv2", "conv3", "fc1", "fc2", "fc3"),
        recipes={"tutorial": _D2L_RELU},
        best_rate=2e-3,
        best_epochs=8,
    ),
    Network(
        name="lenet5-leaky",
        title=N_("LeNet, leaky ReLU"),
        tutorial="004, exercise 2.3",
        about=N_("lenet5-windows with leaky ReLU"),
        layers=(
            Conv("C1", 6, 5, "leaky ReLU", padding=2),  # 6 × 28 × 28; 156 parameters
            Pool("S2", "max"),  # 6 × 14 × 14
            Conv("C3", 16, 3, "leaky ReLU", padding=1),  # 16 × 14 × 14; 880 parameters
            Pool("S4", "max"),  # 16 × 7 × 7
            Conv("C5", 32, 3, "leaky ReLU", padding=1),  # 32 × 7 × 7; 4,640 parameters
            Pool("S6", "max"),  # 32 × 3 × 3
            Dense("F7", 120, "leaky ReLU"),  # 120; 34,680 parameters
            Dense("F8", 84, "leaky ReLU"),  # 84; 10,164 parameters
            Dense("output", 10),  # 10; 850 parameters
        ),
        file_names=("conv1", "conv2", "conv3", "fc1", "fc2", "fc3"),
        recipes={"tutorial": _D2L_RELU},
        best_rate=2e-3,
        best_epochs=8,
    ),
    Network(
        name="lenet5-convolutions",
        title=N_("Four convolutions"),
        tutorial="004, exercise 2.4",
        about=N_("32, 64, 128 and 256 maps of 3 × 3, ReLU"),
        layers=(
            Conv("C1", 32, 3, "ReLU", padding=1),  # 32 × 28 × 28; 320 parameters
            Conv("C2", 64, 3, "ReLU", padding=1),  # 64 × 28 × 28; 18,496 parameters
            Pool("S3", "max"),  # 64 × 14 × 14
            Conv("C4", 128, 3, "ReLU", padding=1),  # 128 × 14 × 14; 73,856 parameters
            Conv("C5", 256, 3, "ReLU", padding=1),  # 256 × 14 × 14; 295,168 parameters
            Pool("S6", "max"),  # 256 × 7 × 7
            Dense("F7", 512, "ReLU"),  # 512; 6,423,040 parameters
            Dense("F8", 256, "ReLU"),  # 256; 131,328 parameters
            Dense("output", 10),  # 10; 2,570 parameters
        ),
        file_names=("features.0", "features.2", "features.5", "features.7", "fc.0", "fc.2", "fc.4"),
        recipes={"tutorial": _D2L_RELU},
        best_rate=1e-3,
        best_epochs=2,
    ),
    Network(
        name="lenet5-connections",
        title=N_("Four convolutions, more units"),
        tutorial="004, exercise 2.5",
        about=N_("lenet5-convolutions with one more full connection"),
        layers=(
            Conv("C1", 32, 3, "ReLU", padding=1),  # 32 × 28 × 28; 320 parameters
            Conv("C2", 64, 3, "ReLU", padding=1),  # 64 × 28 × 28; 18,496 parameters
            Pool("S3", "max"),  # 64 × 14 × 14
            Conv("C4", 128, 3, "ReLU", padding=1),  # 128 × 14 × 14; 73,856 parameters
            Conv("C5", 256, 3, "ReLU", padding=1),  # 256 × 14 × 14; 295,168 parameters
            Pool("S6", "max"),  # 256 × 7 × 7
            Dense("F7", 512, "ReLU"),  # 512; 6,423,040 parameters
            Dense("F8", 256, "ReLU"),  # 256; 131,328 parameters
            Dense("F9", 128, "ReLU"),  # 128; 32,896 parameters
            Dense("output", 10),  # 10; 1,290 parameters
        ),
        file_names=(
            "features.0",
            "features.2",
            "features.5",
            "features.7",
            "fc.0",
            "fc.2",
            "fc.4",
            "fc.6",
        ),
        recipes={"tutorial": _D2L_RELU},
        best_rate=1e-3,
        best_epochs=2,
    ),
    Network(
        name="lenet5-mnist",
        title=N_("LeNet 10-20"),
        tutorial="004, exercise 3",
        about=N_("10 and 20 maps of 5 × 5, ReLU, no padding, on MNIST"),
        layers=(
            Conv("C1", 10, 5, "ReLU"),  # 10 × 24 × 24; 260 parameters
            Pool("S2", "max"),  # 10 × 12 × 12
            Conv("C3", 20, 5, "ReLU"),  # 20 × 8 × 8; 5,020 parameters
            Pool("S4", "max"),  # 20 × 4 × 4
            Dense("F5", 120, "ReLU"),  # 120; 38,520 parameters
            Dense("F6", 84, "ReLU"),  # 84; 10,164 parameters
            Dense("output", 10),  # 10; 850 parameters
        ),
        file_names=("0", "3", "7", "9", "11"),
        recipes={
            "tutorial": Recipe(
                "sgd",
                one_rate(10, 0.01),
                batch=256,
                initialization="xavier",
                dataset="mnist",
                departures=(
                    N_(
                        "the page's heading says MNIST, its code loads Fashion-MNIST; we follow "
                        "the heading"
                    ),
                ),
            )
        },
        best_rate=2e-3,
        best_epochs=8,
        notes=(N_("The page's heading says MNIST and its code loads Fashion-MNIST."),),
    ),
)
