"""The small convolutional networks of tutorials 001 and 002."""

from __future__ import annotations

from digitpad.core.languages import N_
from digitpad.nets.spec.declaration import Conv, Dense, Network, Pool, Recipe, one_rate

ENTRIES = (
    Network(
        name="convnet-8-16",
        title=N_("ConvNet 8-16"),
        tutorial="001",
        about=N_("8 and 16 filters of 3 × 3, one layer of units"),
        layers=(
            Conv("C1", 8, 3, "ReLU", padding=1),  # 8 × 28 × 28; 80 parameters
            Pool("S2", "max"),  # 8 × 14 × 14
            Conv("C3", 16, 3, "ReLU", padding=1),  # 16 × 14 × 14; 1,168 parameters
            Pool("S4", "max"),  # 16 × 7 × 7
            Dense("output", 10),  # 10; 7,850 parameters
        ),
        file_names=("conv_1", "conv_2", "linear_1"),
        recipes={
            "tutorial": Recipe(
                "sgd",
                one_rate(10, 0.05),
                batch=128,
                initialization="normal 0.01",
                seed=1,
                figure=N_("97.97 % of the test set after ten epochs"),
            )
        },
        best_rate=4e-3,
        best_epochs=15,
    ),
    Network(
        name="convnet-dropout",
        title=N_("ConvNet with dropout"),
        tutorial="002",
        about=N_("32 and 64 filters of 5 × 5, dropout, 128 units"),
        layers=(
            Conv("C1", 32, 5),  # 32 × 24 × 24; 832 parameters
            Pool("S2", "max", "ReLU"),  # 32 × 12 × 12
            Conv("C3", 64, 5, dropout=0.5),  # 64 × 8 × 8; 51,264 parameters
            Pool("S4", "max", "ReLU"),  # 64 × 4 × 4
            Dense("F5", 128, "ReLU", dropout=0.5),  # 128; 131,200 parameters
            Dense("output", 10),  # 10; 1,290 parameters
        ),
        file_names=("conv.0", "conv.3", "linear.0", "linear.3"),
        recipes={
            "tutorial": Recipe(
                "adam",
                one_rate(1, 1e-3),
                batch=32,
                loss="cross-entropy of probabilities",
                seed=2019,
                figure=N_("one epoch, tested on the first 2,000 test digits"),
            )
        },
        best_rate=1e-3,
        best_epochs=15,
        notes=(
            N_(
                "The page's network ends in softmax and its loss takes softmax again: the "
                "loss cannot fall below 1.46 and learning is slow. The right form gives "
                "the loss the logits, as this network does in our recipe."
            ),
            N_(
                "The page drops whole maps (Dropout2d) of a vector that has no maps; on a "
                "vector that is plain dropout, which is what the right form names."
            ),
        ),
    ),
)
