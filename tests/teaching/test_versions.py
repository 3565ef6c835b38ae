from __future__ import annotations

import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from digitpad.core.errors import DigitpadError
from digitpad.core.files import digest_of
from digitpad.core.paths import shipped_weights
from digitpad.nets.recognizer import Recognizer
from digitpad.teaching.figures import Measure
from digitpad.teaching.keeping import keep
from digitpad.teaching.teacher import Teacher
from digitpad.teaching.versions import (
    list_versions,
    parse_teaching,
    read_version,
    write_teaching,
)


@pytest.fixture
def version(teacher, outcome, tmp_path):
    return keep(teacher, outcome, folder=tmp_path / "versions")


def test_a_version_tells_its_parent_what_it_was_taught_and_its_figures(version, teacher, outcome):
    teaching = version.teaching
    assert teaching.parent == digest_of(shipped_weights()) and teaching.parent_name == "lenet5"
    assert teaching.labels == {1: 1} and teaching.n == 1 and not teaching.overruled
    assert teaching.drawings == outcome.own.digest
    assert [one.measure for one in teaching.figures] == list(Measure)
    assert [one.after for one in teaching.figures] == [one.after for one in outcome.table.figures]
    assert teaching.departures == {"steps": 30, "copies": 12}


def test_a_version_is_a_weights_file_that_reads_what_it_was_taught(version, outcome):
    recognizer = Recognizer(version.path, "cpu")
    recognition = recognizer.recognize(outcome.own.digits[0])
    assert recognition.ranking[0] == 1
    record = recognizer.info.record
    assert record.network == "lenet5" and record.test_accuracy is None
    assert record.reject_energy == pytest.approx(outcome.table.threshold, abs=1e-4)
    assert record.temperature == pytest.approx(outcome.table.temperature, abs=1e-4)


def test_the_table_says_what_reading_with_the_version_says(version, teacher, outcome):
    recognizer = Recognizer(version.path, "cpu")
    for measure, source in teacher.held:
        digits, labels = source.digits.numpy(), source.labels.numpy()
        logits, accepted = recognizer.judge(digits / np.float32(255))
        right = np.where(labels < 0, ~accepted, accepted & (logits.argmax(1) == labels))
        assert right.sum() == outcome.table[measure].after


def test_versions_are_listed_newest_first_and_know_their_parents(version, teacher, outcome):
    folder = version.path.parent
    child_teacher = Teacher(version.path, teacher._replay)
    child = keep(child_teacher, outcome, folder=folder)
    # Kept within the same second.
    later = replace(child.teaching, taught_at=child.teaching.taught_at + timedelta(hours=1))
    assert later.taught_at > version.teaching.taught_at
    found = list_versions(folder)
    assert {one.path for one in found.versions} == {version.path, child.path}
    assert found.parent_of(found.of(child.path)).path == version.path
    assert found.parent_of(found.of(version.path)) is None
    assert found.of(Path("elsewhere.safetensors")) is None


def test_two_that_are_kept_at_once_are_both_there(teacher, outcome, tmp_path):
    paths = {keep(teacher, outcome, folder=tmp_path).path for _ in range(2)}
    assert {one.path for one in list_versions(tmp_path).versions} == paths


@pytest.mark.parametrize("at", [20, 5_000])
def test_a_damaged_version_is_set_aside_not_deleted(version, at):
    content = bytearray(version.path.read_bytes())
    content[at] ^= 0xFF
    version.path.write_bytes(content)
    found = list_versions(version.path.parent)
    assert found.versions == () and len(found.notices) == 1 and "set aside" in found.notices[0]
    left = list(version.path.parent.glob("*.damaged"))
    assert len(left) == 1 and left[0].read_bytes() == bytes(content)
    assert list_versions(version.path.parent).notices == ()


def test_other_weights_are_no_version():
    with pytest.raises(DigitpadError, match="no network that was taught"):
        read_version(shipped_weights())


def test_a_missing_folder_has_no_versions(tmp_path):
    assert list_versions(tmp_path / "nowhere").versions == ()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="everything can be written to")
def test_a_folder_that_cannot_be_written_to_is_one_line(teacher, outcome, tmp_path):
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(DigitpadError, match="cannot be written"):
            keep(teacher, outcome, folder=tmp_path)
    finally:
        tmp_path.chmod(0o700)


def test_a_full_disk_leaves_nothing(teacher, outcome, tmp_path, monkeypatch):
    def full(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DigitpadError, match="No space left"):
        keep(teacher, outcome, folder=tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{", '{"at": 3}', '{"at": "x", "parent": "", "parent_name": "", "drawings": ""}'],
)
def test_a_record_that_makes_no_sense_is_refused(text):
    with pytest.raises(ValueError):
        parse_teaching(text)


def test_a_record_comes_back(version):
    teaching = version.teaching
    assert write_teaching(parse_teaching(write_teaching(teaching))) == write_teaching(teaching)


def test_what_is_no_version_stays_and_is_named(version):
    folder = version.path.parent
    other = folder / "other.safetensors"
    other.write_bytes(shipped_weights("lenet5").read_bytes())
    (folder / "folder.safetensors").mkdir()
    found = list_versions(folder)
    assert [one.path for one in found.versions] == [version.path]
    assert len(found.notices) == 2 and any(
        "no network that was taught" in one for one in found.notices
    )
    assert other.exists() and not list(folder.glob("*.damaged*"))
