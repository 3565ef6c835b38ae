from __future__ import annotations

import pytest

from digitpad.ui.training.game import Game, Round, Seen


def drawn(game: Game, answer: int | None) -> Round:
    """What is wanted, read as this; None is rejected."""
    return Round(game.wanted, (), answer or 0, answer is not None)


def test_each_digit_is_asked_for_once_in_the_order_of_the_seed():
    orders = []
    for seed in (1, 1, 2):
        game = Game(seed)
        while not game.is_over:
            assert str(game.wanted) in game.task()
            game.take(drawn(game, game.wanted))
        orders.append([one.wanted for one in game.rounds])
        assert sorted(orders[-1]) == list(range(10))
    assert orders[0] == orders[1] != orders[2]


@pytest.mark.parametrize(
    ("answer", "seen"), [(None, Seen.AS_NONE), (3, Seen.AS_ANOTHER), (5, Seen.AS_ASKED)]
)
def test_what_became_of_a_drawing_is_known_and_said(answer, seen):
    game = Game(0)
    while game.wanted != 5:
        game.take(drawn(game, game.wanted))
    text = game.take(drawn(game, answer))
    assert game.rounds[-1].seen is seen
    assert ("3" in text) == (seen is Seen.AS_ANOTHER)
    assert ("5" in text) == (seen is Seen.AS_ASKED)
    assert "{" not in text


@pytest.mark.parametrize("right", [0, 1, 4, 7, 10])
def test_the_end_is_kind_and_counts(right):
    game = Game(0)
    while not game.is_over:
        game.take(drawn(game, game.wanted if len(game.rounds) < right else None))
    assert game.right == right
    assert f"{right} of 10" in game.verdict() and "{" not in game.verdict()
