from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from digitpad.core.results import FeedingSource, NetworkInfo, ReaderKind
from digitpad.nets.spec.catalogue import NETWORKS
from digitpad.ui.shell.about_network import AboutNetwork
from digitpad.ui.shell.network_words import fed_by_words
from digitpad.ui.style.theme import DARK, LIGHT
from tests.ui.choices import info_of, window_with
from tests.ui.colours import share_of


@pytest.fixture
def card(qtbot) -> AboutNetwork:
    card = AboutNetwork()
    qtbot.addWidget(card)
    card.resize(600, 700)
    card.set_unit(1.0)
    return card


def told(card: AboutNetwork, info: NetworkInfo) -> str:
    """What the card says, without line breaks."""
    card.show_info(info)
    return " ".join(card.text.toPlainText().split())


@pytest.mark.parametrize("name", [name for name, network in NETWORKS.items() if network.notes])
def test_what_a_tutorial_gets_wrong_is_told_word_for_word(card, name):
    text = told(card, info_of(name))
    assert "What its tutorial gets wrong" in text
    for note in NETWORKS[name].notes:
        assert " ".join(note.split()) in text


def test_a_network_without_notes_has_no_such_heading(card):
    assert "gets wrong" not in told(card, info_of("cnn-32-64"))


def test_every_layer_is_told_with_its_shape_and_its_parameters(card):
    text = told(card, info_of("lenet5-1998", parameters=60_000))
    assert "input 28 × 28 with paper around 32 × 32" in text
    assert "60 connections 16 × 10 × 10 1,516" in text and "parameters 60,000" in text
    assert "F6" in text and "10,164" in text


def test_where_it_comes_from_is_said_in_words(card):
    assert "lenet5-relu · LeNet-5 in PyTorch, step by step (CSDN), second answer" in told(
        card, info_of("lenet5-relu")
    )
    assert "lenet5-1998 · CNN day 5: the classic LeNet-5, the paper that it explains" in told(
        card, info_of("lenet5-1998")
    )
    assert "Tutorial" not in told(card, replace(info_of("cnn-32-64"), tutorial=""))


def test_how_it_was_trained_is_told(card):
    record = {
        "datasets": "mnist, pen styles, no digits",
        "recipe": "ours",
        "test_accuracy": "0.9946",
        "test_n": "10000",
        "epochs": "80",
        "seed": "3",
        "command": "python train.py --net <b>",
    }
    text = told(card, replace(info_of("lenet5"), metadata=record))
    assert (
        "Trained on MNIST, generated pen strokes and drawings that are no digits with our training "
        "settings." in text
    )
    assert "Test accuracy: 99.46 % of 10,000 images." in text and "80 epochs, seed 3." in text
    # Nobody reads a command or a folder there.
    assert "train.py" not in text and "/some/where" not in text
    assert text.endswith("Weights: lenet5.safetensors")


def test_what_a_file_says_is_text_and_no_markup(card):
    assert "on <b>7</b>" in told(card, replace(info_of("lenet5"), metadata={"dataset": "<b>7</b>"}))


@pytest.mark.parametrize(
    "record", [{}, {"test_accuracy": "high", "test_n": "many"}, {"dataset": "letters"}]
)
def test_a_record_that_says_little_is_told_as_far_as_it_goes(card, record):
    text = told(card, replace(info_of("lenet5"), metadata=record))
    assert "accuracy" not in text and text.endswith("lenet5.safetensors")
    assert ("Trained on letters." in text) == ("dataset" in record)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_it_follows_the_theme(card, seen, theme):
    told(card, info_of("lenet5"))
    card.set_theme(theme)
    card.show()
    assert theme.quiet in card.text.toHtml()


def test_it_opens_and_closes_by_keys_and_by_its_button(qtbot):
    window = window_with(qtbot, [])
    card = window.dialogs.about
    window.session.client.ready.emit(info_of("lenet5"))
    QTest.keyClick(window, Qt.Key.Key_I)
    assert card.isVisible() and "LeNet-5" in card.text.toPlainText()
    assert card.geometry() == window.network_view.geometry()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not card.isVisible()
    button = window.status_line.button("about")
    assert button.text() == "About · 2 notes"
    for is_open in (True, False):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        assert card.isVisible() == is_open


def test_it_opens_nothing_before_a_network_has_loaded(card):
    card.toggle()
    assert card.isHidden()


def test_it_is_seen_over_the_network(qtbot, seen):
    window = window_with(qtbot, [])
    QTest.keyClick(window, Qt.Key.Key_I)
    assert share_of(seen(window.network_view), LIGHT.paper) > 0.8


def test_how_a_network_is_fed_and_what_was_guessed_of_it_is_told(card):
    own = replace(
        info_of("lenet5"),
        tutorial="",
        metadata={"mean": "0.5", "std": "0.5"},
        notes=("Guessed: (x - 0.5) / 0.5",),
        fed_by=FeedingSource.ACCEPTED,
    )
    text = told(card, own)
    assert "fed as (x - 0.5) / 0.5" in text
    assert "Fed digits as (x - 0.5) / 0.5: guessed, and accepted when it was opened." in text
    assert "How it is read with Guessed: (x - 0.5) / 0.5" in text and "gets wrong" not in text
    reads_digits = replace(own, metadata={**own.metadata, "dataset": "mnist"})
    assert "Reads MNIST, as was found out." in told(card, reads_digits)
    for source in FeedingSource:
        assert f"(x - 0.5) / 0.5: {fed_by_words(source)}." in told(
            card, replace(own, fed_by=source)
        )


def test_what_probabilities_are_is_said_where_a_temperature_is_set(card):
    with_one = info_of("lenet5", metadata={"temperature": "0.8236"})
    assert "softmax of the outputs divided by 0.82" in told(card, with_one)
    assert "temperature" not in told(card, info_of("lenet5", metadata={}))


def test_what_computes_it_and_where_is_told(card):
    info = info_of("lenet5")
    assert "Computed with PyTorch on: CPU." in told(card, info)
    assert "Computed with numpy on: CPU." in told(card, replace(info, reader=ReaderKind.NUMPY))
