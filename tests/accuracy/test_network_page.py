from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from digitpad.accuracy.network_figures import Correctness, RunFigures
from digitpad.accuracy.network_page import PageInfo, network_page
from digitpad.accuracy.network_runs import Found, planned_runs
from digitpad.accuracy.network_speed import Speed
from digitpad.accuracy.pen_sets import PenSet
from digitpad.core.weights_record import WeightsRecord
from digitpad.ink.strokes_file import Sample
from digitpad.nets.spec.catalogue import NETWORKS

RUNS = planned_runs()
STROKE = (np.array([(0, 0), (0, 20)], np.float32),)
PENS = PenSet("ipad", (Sample(1, STROKE), Sample(7, STROKE), Sample(None, STROKE)))


def figures(
    name: str, right: int = 9_950, n: int = 10_000, first_wrong: int = 0, **record: str
) -> RunFigures:
    (run,) = (run for run in RUNS if run.name == name)
    told = {
        "seed": "3",
        "epochs": str(run.epochs_planned),
        "test_accuracy": "0.5",
        "seconds": "600",
    } | record
    answers = Correctness((np.arange(n) >= first_wrong) & (np.arange(n) < right + first_wrong))
    path = Path("/somewhere") / f"{name}.safetensors"
    record_found = WeightsRecord.from_metadata(told)
    found = RunFigures(run, Found(path, record_found, name == "lenet5-ours"), answers)
    if run.dataset == "mnist":
        found.pens["ipad", "random"], found.pens["ipad", "fit"] = (
            Correctness(np.array(w)) for w in ([1, 0], [1, 1])
        )
    return found


@pytest.fixture(scope="module")
def page() -> str:
    read = [
        figures("lenet5-ours"),
        figures("lenet5-tutorial", 9_800, best_epoch="7"),
        figures(
            "lenet5-tutorial-1-epoch",
            9_100,
            departures="epochs 1 where the page has 50",
            device="cpu (2 threads)",
        ),
        figures("convnet-dropout-tutorial", 9_600, first_wrong=200),
        figures("lenet5-sigmoid-tutorial", 8_300, precision="bfloat16", seconds="7200"),
    ]
    found = replace(read[1].found, record=replace(read[1].found.record, test_accuracy=None))
    read[1] = replace(read[1], found=found)
    speeds = {name: Speed(0.5, 0.041) for name in NETWORKS}
    return network_page(PageInfo("digitpad networks --measure", RUNS, read, [PENS], speeds))


def row(page: str, *cells: str) -> list[str]:
    start = "| " + " | ".join(cells) + " |"
    (line,) = (line for line in page.splitlines() if line.startswith(start))
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_every_network_has_its_row_with_its_speed(page):
    assert row(page, "`lenet5-1998`", "003, the paper that it explains")[2:] == [
        *("60,000", "328,096", "32 × 32", "MNIST", "0.50", "0.041")
    ]
    assert all(row(page, f"`{n.name}`", n.tutorial, f"{n.parameters:,}") for n in NETWORKS.values())
    plain = network_page(PageInfo("x", RUNS, [], [], {}))
    assert row(plain, "`lenet5`", "000")[-1] == "MNIST" and "Images per second" not in plain


def test_figures_are_told_by_recipe(page):
    assert row(page, "`lenet5`", "ours", "MNIST") == [
        *(
            "`lenet5`",
            "ours",
            "MNIST",
            str(RUNS[0].epochs_planned),
            "3",
            "float32",
            "99.50",
            "10,000",
            "99.34 to 99.62",
            "–",
            "10 min",
            "–",
        ),
        *("50.00", "100.00"),
    ]
    clothes = row(page, "`lenet5-sigmoid`", "tutorial", "Fashion-MNIST")
    assert clothes[5] == "bfloat16" and clothes[10] == "2.0 h" and clothes[12:] == ["–", "–"]
    assert clothes[9].startswith("0.78 to 0.82")
    assert "ipad, random (n = 2)" in page and "ipad, fit (n = 2)" in page
    assert "These weights come with Digitpad: `lenet5-ours.safetensors`" in page


def test_a_run_cut_short_tells_of_how_many_epochs(page):
    assert row(page, "`lenet5`", "tutorial", "MNIST", "7 of 50")
    assert row(page, "`lenet5`", "tutorial", "MNIST", "1")[-3] == "cpu (2 threads)"
    short = page[page.index("## Missing and fallen short") :]
    assert "- Trained for 7 of 50 epochs: `lenet5`, tutorial, on MNIST" in short
    assert "`lenet5`, tutorial, 1 epoch" not in short
    assert (
        "- Missing: `cnn-32-64`, ours, on MNIST (`python train.py --net cnn-32-64 --recipe ours`)."
        in short
    )


def test_aims_are_reached_or_not(page):
    aims = page[page.index("## Figures aimed at") : page.index("## Missing")]
    assert [
        line.split("|")[-2].strip() for line in aims.splitlines() if line.startswith("| `")
    ] == [
        *("not measured", "not measured", "not measured", "not measured"),
        *("yes", "**no**", "not measured", "**no**"),
    ]
    assert "- Not reached: 78 to 82 % of Fashion-MNIST" in page


def test_the_part_that_tutorial_002_tests_on_is_told(page):
    assert "`convnet-dropout` by its tutorial's recipe reads 90.00 % (n = 2,000," in " ".join(
        page.split()
    )


def test_departures_stand_with_their_run(page):
    assert "- *tutorial-1-epoch*: epochs 1 where the page has 50" in page
    assert "- *tutorial*: the last epoch's weights are kept" in page
    assert "- *exercise-2.6*: the page's sixth change" in page
    flat = " ".join(page.split())
    assert all(note in flat for network in NETWORKS.values() for note in network.notes)


def test_every_table_is_even_and_no_path_is_told(page):
    for block in re.findall(r"(?:^\|.*\n)+", page, re.M):
        assert len({line.count("|") for line in block.splitlines()}) == 1, block
    assert "/somewhere" not in page and "nan" not in page.split() and "\u00a0" not in page
    prose = [line for line in page.splitlines() if not line.startswith(("|", "- Missing"))]
    assert all(len(line) <= 120 for line in prose)


def test_nothing_is_missing_where_all_is_there():
    runs = planned_runs(["convnet-8-16"])
    read = [figures("convnet-8-16-ours"), figures("convnet-8-16-tutorial", 9_797)]
    found = network_page(PageInfo("x", runs, read, [], {}))
    assert "Nothing: every run of the plan is there" in found
    assert "`lenet5`" not in found and "No set of pen drawings" in found
    assert (
        row(found, "`convnet-8-16`", "tutorial", "97.97 % of MNIST, as the page says, within 0.3")[
            -1
        ]
        == "yes"
    )
