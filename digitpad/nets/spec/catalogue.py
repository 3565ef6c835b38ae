"""The networks that Digitpad trains, opens and shows: those of the five tutorials, by name.

A new network is one entry here: its module, its figure in the window, its recipe and its page in
the documentation follow from it. Nothing here needs torch.
"""

from __future__ import annotations

from digitpad.core.errors import DigitpadError
from digitpad.nets.spec.declaration import Conv, Dense, Network, Pool, Rbf, Recipe, one_rate

# LeCun et al. 1998, table I: which maps of S2 each map of C3 sees; 60 of 96 connections. The page
# of lenet5-003 counts round its six maps in this order.
TABLE_I = (
    *(tuple((first + i) % 6 for i in range(3)) for first in range(6)),
    *(tuple((first + i) % 6 for i in range(4)) for first in range(6)),
    *(tuple((first + i) % 6 for i in (0, 1, 3, 4)) for first in range(3)),
    tuple(range(6)),
)

_D2L = Recipe(
    "sgd",
    one_rate(10, 0.9),
    batch=256,
    initialization="xavier",
    dataset="fashion-mnist",
    figure="0.78 to 0.82 of Fashion-MNIST's test set after ten epochs",
)
_D2L_RELU = Recipe(
    "sgd",
    one_rate(10, 0.01),
    batch=256,
    initialization="xavier",
    dataset="fashion-mnist",
    departures=(
        "the page prints this network without training it; the rate is that of its one ReLU network that it trains, "
        "since 0.9, the rate of the sigmoid networks, makes ReLU networks diverge",
    ),
)

_ENTRIES = (
    Network(
        name="lenet5",
        title="LeNet-5",
        tutorial="000",
        about="tanh and average pooling on 28 × 28 digits: the default",
        # After LeCun, Bottou, Bengio and Haffner, "Gradient-Based Learning Applied to Document
        # Recognition", Proceedings of the IEEE 86(11), 1998, section II.B and figure 2. What
        # differs: the digit is 28 x 28 and C1 pads it by 2, where the paper's is 32 x 32; S2 and S4
        # are plain averages; C3 sees all maps of S2; tanh(x) in place of 1.7159 tanh(2x / 3); ten
        # linear units read through softmax in place of radial basis functions.
        layers=(
            Conv("C1", 6, 5, "tanh", padding=2),  # (6, 28, 28)
            Pool("S2"),  # (6, 14, 14)
            Conv("C3", 16, 5, "tanh"),  # (16, 10, 10)
            Pool("S4"),  # (16, 5, 5)
            Conv("C5", 120, 5, "tanh"),  # (120,)
            Dense("F6", 84, "tanh"),  # (84,)
            Dense("output", 10),  # the logits
        ),
        file_names=("net.0", "net.3", "net.6", "net.9", "net.11"),
        recipes={
            "tutorial": Recipe(
                "sgd",
                one_rate(50, 1e-3),
                batch=16,
                momentum=0.9,
                figure="over 90 % after the first epoch, about 99 % after fifty",
                departures=(
                    "the last epoch's weights are kept, not those that did best on the test set",
                ),
            )
        },
        notes=(
            "The page's step schedule is made but never stepped, so its rate stays 0.001. Stepped every ten epochs, as "
            "meant, it would lower the rate tenfold each time.",
            "The page keeps the epoch that reads the test set best and reports that figure, which flatters it. Choose "
            "on digits held back from the training set, as our recipe does.",
        ),
    ),
    Network(
        name="lenet5-relu",
        title="LeNet-5, ReLU",
        tutorial="000, second answer",
        about="ReLU and max pooling, no padding",
        layers=(
            Conv("C1", 6, 5, "ReLU"),  # (6, 24, 24)
            Pool("S2", "max"),  # (6, 12, 12)
            Conv("C3", 16, 5, "ReLU"),  # (16, 8, 8)
            Pool("S4", "max"),  # (16, 4, 4)
            Dense("F5", 120, "ReLU"),
            Dense("F6", 84, "ReLU"),
            Dense("output", 10),
        ),
        file_names=("conv1", "conv2", "fc1", "fc2", "fc3"),
        recipes={
            "tutorial": Recipe(
                "sgd",
                one_rate(10, 1e-3),
                batch=16,
                momentum=0.9,
                departures=(
                    "the answer names neither batch nor number of epochs; 16 is the page's, 10 is ours",
                ),
            )
        },
        best_rate=2e-3,
        best_epochs=60,
        notes=(
            "The answer watches the test set while it trains and calls it validation; its loss figures are means of "
            "batches divided by the number of digits, and so too small by the size of a batch.",
        ),
    ),
    Network(
        name="cnn-32-64",
        title="CNN 32-64",
        tutorial="000, third answer",
        about="32 and 64 filters of 5 × 5, 1,024 units",
        layers=(
            Conv("C1", 32, 5, "ReLU", padding=2),  # (32, 28, 28)
            Pool("S2", "max"),  # (32, 14, 14)
            Conv("C3", 64, 5, "ReLU", padding=2),  # (64, 14, 14)
            Pool("S4", "max"),  # (64, 7, 7)
            Dense("F5", 1024, "ReLU"),
            Dense("output", 10),
        ),
        file_names=("conv1", "conv2", "fc1", "fc2"),
        recipes={
            "tutorial": Recipe(
                "sgd", one_rate(10, 0.01), batch=32, momentum=0.9, mean=0.1307, std=0.3081
            ),
        },
        best_rate=1e-3,
        best_epochs=14,
    ),
    Network(
        name="convnet-8-16",
        title="ConvNet 8-16",
        tutorial="001",
        about="8 and 16 filters of 3 × 3, one layer of units",
        layers=(
            Conv("C1", 8, 3, "ReLU", padding=1),  # (8, 28, 28)
            Pool("S2", "max"),  # (8, 14, 14)
            Conv("C3", 16, 3, "ReLU", padding=1),  # (16, 14, 14)
            Pool("S4", "max"),  # (16, 7, 7)
            Dense("output", 10),
        ),
        file_names=("conv_1", "conv_2", "linear_1"),
        recipes={
            "tutorial": Recipe(
                "sgd",
                one_rate(10, 0.05),
                batch=128,
                initialization="normal 0.01",
                seed=1,
                figure="97.97 % of the test set after ten epochs",
            )
        },
        best_rate=4e-3,
        best_epochs=15,
    ),
    Network(
        name="convnet-dropout",
        title="ConvNet with dropout",
        tutorial="002",
        about="32 and 64 filters of 5 × 5, dropout, 128 units",
        layers=(
            Conv("C1", 32, 5),  # (32, 24, 24)
            Pool("S2", "max", "ReLU"),  # (32, 12, 12)
            Conv("C3", 64, 5, dropout=0.5),  # (64, 8, 8)
            Pool("S4", "max", "ReLU"),  # (64, 4, 4)
            Dense("F5", 128, "ReLU", dropout=0.5),
            Dense("output", 10),
        ),
        file_names=("conv.0", "conv.3", "linear.0", "linear.3"),
        recipes={
            "tutorial": Recipe(
                "adam",
                one_rate(1, 1e-3),
                batch=32,
                loss="cross-entropy of probabilities",
                seed=2019,
                figure="one epoch, tested on the first 2,000 test digits",
            )
        },
        best_rate=1e-3,
        best_epochs=15,
        notes=(
            "The page's network ends in softmax and its loss takes softmax again: the loss cannot fall below 1.46 and "
            "learning is slow. The right form gives the loss the logits, as this network does in our recipe.",
            "The page drops whole maps (Dropout2d) of a vector that has no maps; on a vector that is plain dropout, "
            "which is what the right form names.",
        ),
    ),
    Network(
        name="lenet5-1998",
        title="LeNet-5 of 1998",
        tutorial="the paper that 003 explains",
        about="as published: trained subsampling, C3's table of 60 connections, distances to character codes",
        # LeCun et al. 1998, section II.B. What differs: the paper's test error of 0.95 % comes from
        # 20 epochs of a stochastic diagonal Levenberg-Marquardt method (appendix C), where we take
        # plain gradient descent for the page's recipe and AdamW for ours; the character codes are
        # drawn anew.
        layers=(
            Conv("C1", 6, 5, "scaled tanh"),  # (6, 28, 28)
            Pool("S2", "subsampling", "scaled tanh"),  # (6, 14, 14)
            Conv("C3", 16, 5, "scaled tanh", table=TABLE_I),  # (16, 10, 10)
            Pool("S4", "subsampling", "scaled tanh"),  # (16, 5, 5)
            Conv("C5", 120, 5, "scaled tanh"),  # (120,)
            Dense("F6", 84, "scaled tanh"),  # (84,)
            Rbf("output"),
        ),
        side=32,
        fit="pad",
        recipes={
            "tutorial": Recipe(
                "sgd",
                # The paper's rates for a digit at a time, sixteen-fold for the mean of sixteen.
                ((2, 8e-3), (3, 3.2e-3), (3, 1.6e-3), (4, 8e-4), (8, 1.6e-4)),
                batch=16,
                loss="map",
                initialization="fan-in 2.4",
                # Paper is -0.1 and ink 1.175: (digit - mean) / std.
                mean=0.1 / 1.275,
                std=1 / 1.275,
                figure="99.05 % of MNIST's test set; 99.2 % with distorted digits (the paper's section III)",
                departures=(
                    "plain gradient descent at the paper's global rates, without its second derivatives, which give "
                    "every weight a rate of its own",
                    "16 digits a step where the paper takes one, at sixteen times the rate: the same rate for each "
                    "digit, and ten times as fast in PyTorch",
                ),
            )
        },
        best_epochs=60,
        notes=(
            "The page says that S2, S4 and F6 squash by a sigmoid; the paper's sigmoid is 1.7159 tanh(2x / 3), which "
            "goes from -1.7 to 1.7.",
        ),
    ),
    Network(
        name="lenet5-003",
        title="LeNet-5 of tutorial 003",
        tutorial="003",
        about="ReLU, plain averages; the maps of a group of C3 share one kernel",
        layers=(
            Conv("C1", 6, 5, "ReLU"),  # (6, 28, 28)
            Pool("S2"),  # (6, 14, 14)
            Conv("C3", 16, 5, "ReLU", table=TABLE_I, shared=(6, 6, 3, 1)),  # (16, 10, 10)
            Pool("S4"),  # (16, 5, 5)
            Dense("F5", 120, "ReLU"),
            Dense("F6", 84, "ReLU"),
            Dense("output", 10),
        ),
        side=32,
        fit="resize",
        file_names=(
            "C1.0",
            "C3_unit_6x3",
            "C3_unit_6x4",
            "C3_unit_3x4_pop1",
            "C3_unit_1x6",
            "fc1.0",
            "fc2.0",
            "fc3",
        ),
        recipes={
            "tutorial": Recipe(
                "sgd",
                one_rate(10, 0.01),
                batch=32,
                momentum=0.9,
                loss="squared error",
                mean=0.1307,
                std=0.3081,
            )
        },
        best_rate=3e-3,
        best_epochs=8,
        notes=(
            "The paper gives each of C3's sixteen maps kernels of its own, 60 in all; the page lets the maps of a "
            "group share one kernel, so that C3 has 429 parameters in place of 1,516. lenet5-1998 has the right form.",
            "The page stretches the digits from 28 to 32 pixels where the paper puts paper around them.",
            "The page trains on the squared error to one-hot, which punishes being surer than sure; cross-entropy of "
            "the logits is the right form.",
        ),
    ),
    Network(
        name="lenet5-sigmoid",
        title="LeNet, sigmoid",
        tutorial="004",
        about="the LeNet of Dive into Deep Learning: sigmoid and average pooling, on clothes",
        layers=(
            Conv("C1", 6, 5, "sigmoid", padding=2),  # (6, 28, 28)
            Pool("S2"),  # (6, 14, 14)
            Conv("C3", 16, 5, "sigmoid"),  # (16, 10, 10)
            Pool("S4"),  # (16, 5, 5)
            Dense("F5", 120, "sigmoid"),
            Dense("F6", 84, "sigmoid"),
            Dense("output", 10),
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
                    "the page's sixth change; with sigmoids so low a rate leaves it at chance",
                ),
            ),
        },
        best_rate=4e-3,
        best_epochs=60,
        notes=(
            "Exercise 2.6 lowers the rate to 0.001: with sigmoids, twenty epochs of that leave the network at chance.",
        ),
    ),
    Network(
        name="lenet5-max",
        title="LeNet, max pooling",
        tutorial="004, exercise 1",
        about="sigmoid, and max in place of average pooling",
        layers=(
            Conv("C1", 6, 5, "sigmoid", padding=2),
            Pool("S2", "max"),
            Conv("C3", 16, 5, "sigmoid"),
            Pool("S4", "max"),
            Dense("F5", 120, "sigmoid"),
            Dense("F6", 84, "sigmoid"),
            Dense("output", 10),
        ),
        file_names=("0", "3", "7", "9", "11"),
        recipes={"tutorial": _D2L},
        best_rate=4e-3,
        best_epochs=8,
    ),
    Network(
        name="lenet5-windows",
        title="LeNet, other windows",
        tutorial="004, exercise 2.1",
        about="windows of 5 × 5 and 3 × 3, a third convolution, ReLU",
        layers=(
            Conv("C1", 6, 5, "ReLU", padding=2),  # (6, 28, 28)
            Pool("S2", "max"),  # (6, 14, 14)
            Conv("C3", 16, 3, "ReLU", padding=1),  # (16, 14, 14)
            Pool("S4", "max"),  # (16, 7, 7)
            Conv("C5", 32, 3, "ReLU", padding=1),  # (32, 7, 7)
            Pool("S6", "max"),  # (32, 3, 3)
            Dense("F7", 120, "ReLU"),
            Dense("F8", 84, "ReLU"),
            Dense("output", 10),
        ),
        file_names=("conv1", "conv2", "conv3", "fc1", "fc2", "fc3"),
        recipes={"tutorial": _D2L_RELU},
        best_rate=2e-3,
        best_epochs=8,
    ),
    Network(
        name="lenet5-channels",
        title="LeNet, more channels",
        tutorial="004, exercise 2.2",
        about="10, 20 and 40 maps, ReLU",
        layers=(
            Conv("C1", 10, 5, "ReLU", padding=2),
            Pool("S2", "max"),
            Conv("C3", 20, 3, "ReLU", padding=1),
            Pool("S4", "max"),
            Conv("C5", 40, 3, "ReLU", padding=1),
            Pool("S6", "max"),
            Dense("F7", 120, "ReLU"),
            Dense("F8", 84, "ReLU"),
            Dense("output", 10),
        ),
        file_names=("conv1", "conv2", "conv3", "fc1", "fc2", "fc3"),
        recipes={"tutorial": _D2L_RELU},
        best_rate=2e-3,
        best_epochs=8,
    ),
    Network(
        name="lenet5-leaky",
        title="LeNet, leaky ReLU",
        tutorial="004, exercise 2.3",
        about="lenet5-windows with leaky ReLU",
        layers=(
            Conv("C1", 6, 5, "leaky ReLU", padding=2),
            Pool("S2", "max"),
            Conv("C3", 16, 3, "leaky ReLU", padding=1),
            Pool("S4", "max"),
            Conv("C5", 32, 3, "leaky ReLU", padding=1),
            Pool("S6", "max"),
            Dense("F7", 120, "leaky ReLU"),
            Dense("F8", 84, "leaky ReLU"),
            Dense("output", 10),
        ),
        file_names=("conv1", "conv2", "conv3", "fc1", "fc2", "fc3"),
        recipes={"tutorial": _D2L_RELU},
        best_rate=2e-3,
        best_epochs=8,
    ),
    Network(
        name="lenet5-convolutions",
        title="Four convolutions",
        tutorial="004, exercise 2.4",
        about="32, 64, 128 and 256 maps of 3 × 3, ReLU",
        layers=(
            Conv("C1", 32, 3, "ReLU", padding=1),  # (32, 28, 28)
            Conv("C2", 64, 3, "ReLU", padding=1),  # (64, 28, 28)
            Pool("S3", "max"),  # (64, 14, 14)
            Conv("C4", 128, 3, "ReLU", padding=1),  # (128, 14, 14)
            Conv("C5", 256, 3, "ReLU", padding=1),  # (256, 14, 14)
            Pool("S6", "max"),  # (256, 7, 7)
            Dense("F7", 512, "ReLU"),
            Dense("F8", 256, "ReLU"),
            Dense("output", 10),
        ),
        file_names=("features.0", "features.2", "features.5", "features.7", "fc.0", "fc.2", "fc.4"),
        recipes={"tutorial": _D2L_RELU},
        best_rate=1e-3,
        best_epochs=2,
    ),
    Network(
        name="lenet5-connections",
        title="Four convolutions, more units",
        tutorial="004, exercise 2.5",
        about="lenet5-convolutions with one more full connection",
        layers=(
            Conv("C1", 32, 3, "ReLU", padding=1),
            Conv("C2", 64, 3, "ReLU", padding=1),
            Pool("S3", "max"),
            Conv("C4", 128, 3, "ReLU", padding=1),
            Conv("C5", 256, 3, "ReLU", padding=1),
            Pool("S6", "max"),
            Dense("F7", 512, "ReLU"),
            Dense("F8", 256, "ReLU"),
            Dense("F9", 128, "ReLU"),
            Dense("output", 10),
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
        title="LeNet 10-20",
        tutorial="004, exercise 3",
        about="10 and 20 maps of 5 × 5, ReLU, no padding, on MNIST",
        layers=(
            Conv("C1", 10, 5, "ReLU"),  # (10, 24, 24)
            Pool("S2", "max"),  # (10, 12, 12)
            Conv("C3", 20, 5, "ReLU"),  # (20, 8, 8)
            Pool("S4", "max"),  # (20, 4, 4)
            Dense("F5", 120, "ReLU"),
            Dense("F6", 84, "ReLU"),
            Dense("output", 10),
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
                    "the page's heading says MNIST, its code loads Fashion-MNIST; we follow the heading",
                ),
            )
        },
        best_rate=2e-3,
        best_epochs=8,
        notes=("The page's heading says MNIST and its code loads Fashion-MNIST.",),
    ),
)

NETWORKS: dict[str, Network] = {entry.name: entry for entry in _ENTRIES}
"""By name, the default first, then in the order of the tutorials."""


def network_named(name: str) -> Network:
    """The network of that name; raises DigitpadError, naming those that there are, for another
    name."""
    try:
        return NETWORKS[name]
    except KeyError:
        known = ", ".join(NETWORKS)
        raise DigitpadError(f"there is no network named {name[:40]!r}; known: {known}") from None
