"""LeNet-5 as it was published in 1998, and as tutorial 003 writes it."""

from __future__ import annotations

from digitpad.core.languages import N_
from digitpad.datasets import MNIST_MEAN, MNIST_STD
from digitpad.nets.spec.declaration import Conv, Dense, Network, Pool, Rbf, Recipe, one_rate

# LeCun et al. 1998, table I: which maps of S2 each map of C3 sees; 60 of 96 connections. The page
# of lenet5-003 counts round its six maps in this order.
TABLE_I = (
    *(tuple((first + i) % 6 for i in range(3)) for first in range(6)),
    *(tuple((first + i) % 6 for i in range(4)) for first in range(6)),
    *(tuple((first + i) % 6 for i in (0, 1, 3, 4)) for first in range(3)),
    tuple(range(6)),
)
# The maps of C3 that share one kernel in lenet5-003, one group after another.
GROUPS = (6, 6, 3, 1)

ENTRIES = (
    Network(
        name="lenet5-1998",
        title=N_("LeNet-5 of 1998"),
        tutorial="003, the paper that it explains",
        about=(
            N_(
                "as published: trained subsampling, C3's table of 60 connections, "
                "distances to character codes"
            )
        ),
        # LeCun et al. 1998, section II.B. What differs: the paper's test error of 0.95 % comes from
        # 20 epochs of a stochastic diagonal Levenberg-Marquardt method (appendix C), where we take
        # plain gradient descent for the page's recipe and AdamW for ours; the character codes are
        # drawn anew.
        layers=(
            Conv("C1", 6, 5, "scaled tanh"),  # 6 × 28 × 28; 156 parameters
            Pool("S2", "subsampling", "scaled tanh"),  # 6 × 14 × 14; 12 parameters
            Conv("C3", 16, 5, "scaled tanh", table=TABLE_I),  # 16 × 10 × 10; 1,516 parameters
            Pool("S4", "subsampling", "scaled tanh"),  # 16 × 5 × 5; 32 parameters
            Conv("C5", 120, 5, "scaled tanh"),  # 120; 48,120 parameters
            Dense("F6", 84, "scaled tanh"),  # 84; 10,164 parameters
            Rbf("output"),  # 10
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
                figure=(
                    N_(
                        "99.05 % of MNIST's test set; 99.2 % with distorted digits (the paper's "
                        "section III)"
                    )
                ),
                departures=(
                    N_(
                        "plain gradient descent at the paper's global rates, without its second "
                        "derivatives, which give every weight a rate of its own"
                    ),
                    N_(
                        "16 digits a step where the paper takes one, at sixteen times the rate: "
                        "the same rate for each digit, and ten times as fast in PyTorch"
                    ),
                ),
            )
        },
        best_epochs=60,
        notes=(
            N_(
                "The page says that S2, S4 and F6 squash by a sigmoid; the paper's sigmoid "
                "is 1.7159 tanh(2x / 3), which goes from -1.7 to 1.7."
            ),
        ),
    ),
    Network(
        name="lenet5-003",
        title=N_("LeNet-5 of tutorial 003"),
        tutorial="003",
        about=N_("ReLU, plain averages; the maps of a group of C3 share one kernel"),
        layers=(
            Conv("C1", 6, 5, "ReLU"),  # 6 × 28 × 28; 156 parameters
            Pool("S2"),  # 6 × 14 × 14
            Conv("C3", 16, 5, "ReLU", table=TABLE_I, shared=GROUPS),  # 16 × 10 × 10; 429 parameters
            Pool("S4"),  # 16 × 5 × 5
            Dense("F5", 120, "ReLU"),  # 120; 48,120 parameters
            Dense("F6", 84, "ReLU"),  # 84; 10,164 parameters
            Dense("output", 10),  # 10; 850 parameters
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
                mean=MNIST_MEAN,
                std=MNIST_STD,
            )
        },
        best_rate=3e-3,
        best_epochs=8,
        notes=(
            N_(
                "The paper gives each of C3's sixteen maps kernels of its own, 60 in all; "
                "the page lets the maps of a group share one kernel, so that C3 has 429 "
                "parameters in place of 1,516. lenet5-1998 has the right form."
            ),
            N_(
                "The page stretches the digits from 28 to 32 pixels where the paper puts "
                "paper around them."
            ),
            N_(
                "The page trains on the squared error to one-hot, which punishes being "
                "surer than sure; cross-entropy of the logits is the right form."
            ),
        ),
    ),
)
