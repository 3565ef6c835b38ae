from __future__ import annotations

import re

import numpy as np
import pytest

from digitpad.accuracy.measured_network import MeasuredNetwork
from digitpad.accuracy.measures import measure
from digitpad.accuracy.pen_sets import PenSet
from digitpad.accuracy.report import Run, report
from digitpad.accuracy.trials import Effort, planned_trials, trials
from digitpad.ink.strokes_file import Sample

EFFORT = Effort(mnist=60, pen_set=6, sweep_whole=3, sweep=3, kind=2, letters=5, style=1)


def page_of(weights, mnist, pen_sets) -> tuple[str, dict[str, bytes], list]:
    measures, gallery = measure(
        list(map(MeasuredNetwork, weights)), trials(planned_trials(mnist, pen_sets, 0, EFFORT))
    )
    page, pictures = report(
        Run("digitpad accuracy", 0, EFFORT, True), measures, gallery, pen_sets, "accuracy"
    )
    return page, pictures, measures


@pytest.fixture(scope="module")
def rejecting(rejecting_weights, test_set, drawings):
    samples = [Sample(label, tuple(strokes)) for label, strokes in drawings.items()]
    samples.append(Sample(None, (np.array([(0, 0), (30, 1)], np.float32),)))
    return page_of(
        [rejecting_weights],
        test_set,
        [PenSet("pendigits-train", tuple(samples), "a source", "a role")],
    )


@pytest.fixture(scope="module")
def accepting(accepting_weights, test_set):
    return page_of([accepting_weights], test_set, [])


def row(page: str, *cells: str) -> list[str]:
    start = "| " + " | ".join(cells) + " |"
    (line,) = (line for line in page.splitlines() if line.startswith(start))
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_the_tables_say_what_was_measured(rejecting):
    page, _, (measures,) = rejecting
    mnist = measures[("mnist",)]
    assert (
        row(page, "MNIST test", "as it is", "60", f"{100 * mnist.accuracy:.2f}")[-1]
        == f"{100 * mnist.accepted:.2f}"
    )
    turned = [
        f"{100 * evaluation.accuracy:.2f}"
        for evaluation in measures.sweep("rotation", "pendigits-train")
    ]
    rotation = page[page.index("**Rotation**") :]
    assert row(rotation, "pendigits-train", "read rightly", "3")[3:10] == turned
    assert row(page, "zigzag", "60", f"{100 * measures['corruption', 'zigzag'].accuracy:.2f}")
    assert row(page, "dash", "level and sloping dashes", "2")
    assert "Of the 1 drawings in pendigits-train that are no digits" in page


def test_the_worst_setting_is_told_with_its_distance_from_the_best(rejecting):
    page, _, (measures,) = rejecting
    shares = [evaluation.accuracy for evaluation in measures.sweep("size", "pendigits-train")]
    size = page[page.index("**Size with a pen of 20 px**") :]
    cells = next(line for line in size.splitlines() if line.startswith("| pendigits-train")).split(
        "|"
    )
    assert float(cells[-2]) == pytest.approx(100 * (max(shares) - min(shares)), abs=0.01)


def test_every_table_is_even_and_every_picture_there(rejecting, accepting):
    for page, pictures, _ in (rejecting, accepting):
        for block in re.findall(r"(?:^\|.*\n)+", page, re.M):
            assert len({line.count("|") for line in block.splitlines()}) == 1, block
        shown = re.findall(r"!\[[^\]]+\]\(accuracy/([\w.-]+)\)", page)
        assert sorted(shown) == sorted(pictures) and len(set(shown)) == len(shown)
        assert all(
            content.startswith(b"\x89PNG") and len(content) < 150_000
            for content in pictures.values()
        )
        assert "nan" not in page


def test_weights_without_a_threshold_are_said_to_turn_nothing_away(rejecting, accepting):
    assert "nothing that has ink is rejected" in accepting[0] and "no temperature" in accepting[0]
    assert "Letter by letter" not in accepting[0] and not any(
        "accepted" in name for name in accepting[1]
    )
    assert (
        "nothing that has ink is rejected" not in rejecting[0]
        and "Letter by letter" in rejecting[0]
    )
    assert "temperature of 0.5" in rejecting[0]


def test_pen_sets_are_named_with_what_is_known_of_them(rejecting, accepting):
    assert row(rejecting[0], "`pendigits-train`", "6", "–", "a source", "a role")
    assert "can be made only by who has the files" in rejecting[0]
    assert "No set of pen drawings was given" in accepting[0]


def test_the_look_alikes_left_out_are_named(rejecting):
    assert "O o Q D å ° (0); I i l | (1); Z z (2)" in rejecting[0]


def test_two_networks_have_a_part_each(rejecting_weights, accepting_weights, test_set, tmp_path):
    other = tmp_path / "other.safetensors"
    other.write_bytes(accepting_weights.read_bytes())
    page, pictures, _ = page_of([rejecting_weights, other], test_set, [])
    assert page.count("### Calibration") == 2 and page.count("\n## LeNet-5") == 2
    assert "## LeNet-5 (`other.safetensors`)" in page
    assert {"lenet5-styles.png", "other-styles.png"} <= set(
        pictures
    ) and "corruptions.png" in pictures


def test_a_quick_run_says_so(rejecting):
    assert "quick run" in rejecting[0]
