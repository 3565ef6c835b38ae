"""LeNet-5 as tutorial 000 builds it, and the two networks of the answers below that page."""

from __future__ import annotations

from digitpad.core.languages import N_
from digitpad.datasets import MNIST_MEAN, MNIST_STD
from digitpad.nets.spec.declaration import Conv, Dense, Network, Pool, Recipe, one_rate

ENTRIES = (
    Network(
        name="lenet5",
        title="LeNet-5",
        tutorial="000",
        about=N_("tanh and average pooling on 28 × 28 digits: the default"),
        # After LeCun, Bottou, Bengio and Haffner, "Gradient-Based Learning Applied to Document
        # Recognition", Proceedings of the IEEE 86(11), 1998, section II.B and figure 2. What
        # differs: the digit is 28 x 28 and C1 pads it by 2, where the paper's is 32 x 32; S2 and S4
        # are plain averages; C3 sees all maps of S2; tanh(x) in place of 1.7159 tanh(2x / 3); ten
        # linear units read through softmax in place of radial basis functions.
        layers=(
            Conv("C1", 6, 5, "tanh", padding=2),  # 6 × 28 × 28; 156 parameters
            Pool("S2"),  # 6 × 14 × 14
            Conv("C3", 16, 5, "tanh"),  # 16 × 10 × 10; 2,416 parameters
            Pool("S4"),  # 16 × 5 × 5
            Conv("C5", 120, 5, "tanh"),  # 120; 48,120 parameters
            Dense("F6", 84, "tanh"),  # 84; 10,164 parameters
            Dense("output", 10),  # 10; 850 parameters
        ),
        file_names=("net.0", "net.3", "net.6", "net.9", "net.11"),
        recipes={
            "tutorial": Recipe(
                "sgd",
                one_rate(50, 1e-3),
                batch=16,
                momentum=0.9,
                figure=N_("over 90 % after the first epoch, about 99 % after fifty"),
                departures=(
                    N_(
                        "the last epoch's weights are kept, not those that did best on the test set"
                    ),
                ),
            )
        },
        notes=(
            N_(
                "The page's step schedule is made but never stepped, so its rate stays "
                "0.001. Stepped every ten epochs, as meant, it would lower the rate "
                "tenfold each time."
            ),
            N_(
                "The page keeps the epoch that reads the test set best and reports that "
                "figure, which flatters it. Choose on digits held back from the training "
                "set, as our recipe does."
            ),
        ),
    ),
    Network(
        name="lenet5-relu",
        title=N_("LeNet-5, ReLU"),
        tutorial="000, second answer",
        about=N_("ReLU and max pooling, no padding"),
        layers=(
            Conv("C1", 6, 5, "ReLU"),  # 6 × 24 × 24; 156 parameters
            Pool("S2", "max"),  # 6 × 12 × 12
            Conv("C3", 16, 5, "ReLU"),  # 16 × 8 × 8; 2,416 parameters
            Pool("S4", "max"),  # 16 × 4 × 4
            Dense("F5", 120, "ReLU"),  # 120; 30,840 parameters
            Dense("F6", 84, "ReLU"),  # 84; 10,164 parameters
            Dense("output", 10),  # 10; 850 parameters
        ),
        file_names=("conv1", "conv2", "fc1", "fc2", "fc3"),
        recipes={
            "tutorial": Recipe(
                "sgd",
                one_rate(10, 1e-3),
                batch=16,
                momentum=0.9,
                departures=(
                    N_(
                        "the answer names neither batch nor number of epochs; 16 is the page's, 10 "
                        "is ours"
                    ),
                ),
            )
        },
        best_rate=2e-3,
        best_epochs=60,
        notes=(
            N_(
                "The answer watches the test set while it trains and calls it validation; "
                "its loss figures are means of batches divided by the number of digits, "
                "and so too small by the size of a batch."
            ),
        ),
    ),
    Network(
        name="cnn-32-64",
        title="CNN 32-64",
        tutorial="000, third answer",
        about=N_("32 and 64 filters of 5 × 5, 1,024 units"),
        layers=(
            Conv("C1", 32, 5, "ReLU", padding=2),  # 32 × 28 × 28; 832 parameters
            Pool("S2", "max"),  # 32 × 14 × 14
            Conv("C3", 64, 5, "ReLU", padding=2),  # 64 × 14 × 14; 51,264 parameters
            Pool("S4", "max"),  # 64 × 7 × 7
            Dense("F5", 1024, "ReLU"),  # 1024; 3,212,288 parameters
            Dense("output", 10),  # 10; 10,250 parameters
        ),
        file_names=("conv1", "conv2", "fc1", "fc2"),
        recipes={
            "tutorial": Recipe(
                "sgd", one_rate(10, 0.01), batch=32, momentum=0.9, mean=MNIST_MEAN, std=MNIST_STD
            ),
        },
        best_rate=1e-3,
        best_epochs=14,
    ),
)
