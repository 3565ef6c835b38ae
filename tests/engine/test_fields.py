"""Each kind of field takes what it should, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from digitpad.core.results import LayerKind
from digitpad.engine.fields import Fields, bytes_of, floats
from digitpad.engine.messages import ProtocolError

READERS: dict[str, tuple[Callable[[Fields], Any], list[Any], list[Any]]] = {
    "text": (
        lambda f: f.text("x", 3),
        ["", "abc", "\u20ac"],
        ["abcd", 1, None, ["a"], "\ud800", True],
    ),
    "path": (lambda f: f.text("x", 3, is_path=True), ["\udcff"], ["abcd", 1]),
    "flag": (lambda f: f.flag("x"), [True, False], [0, 1, "", None]),
    "integer": (lambda f: f.integer("x", -1, 5), [-1, 0, 5], [-2, 6, 1.0, True, "1", None]),
    "number": (
        lambda f: f.number("x", 0, 5),
        [0, 5, 2.5],
        [-1, 5.1, float("nan"), float("inf"), True, "1", None, 10**400],
    ),
    "number or none": (
        lambda f: f.number_or_none("x"),
        [None, -1.5, 10**20],
        [float("nan"), 1e31, True, "1", []],
    ),
    "choice": (
        lambda f: f.choice("x", LayerKind).value,
        ["convolution", "other"],
        ["dream", 1, None, ["other"]],
    ),
    "texts": (
        lambda f: list(f.texts("x", 2, 3)),
        [[], ["a", "abc"]],
        ["ab", ["a", "b", "c"], ["abcd"], [1], None, {"a": "b"}],
    ),
    "integers": (
        lambda f: list(f.integers("x", 2, 0, 5)),
        [[], [0, 5]],
        [[6], [-1], [1, 2, 3], [True], ["1"], 1, None],
    ),
    "rows": (
        lambda f: [list(row) for row in f.rows("x", 2, 2, 5)],
        [[], [[], [0, 5]]],
        [[1], [[6]], [[1, 2, 3]], [[], [], []], [["1"]], [[True]], None],
    ),
    "mapping": (
        lambda f: f.mapping("x", 1, 3),
        [{}, {"abc": "abc"}],
        [{"a": "", "b": ""}, {"abcd": ""}, {"a": "abcd"}, {"a": 1}, [], None],
    ),
    "object or none": (
        lambda f: None if (found := f.object_or_none("x", "it")) is None else found.text("y"),
        [None],
        [[], "a", 1, {}, {"y": 1}],
    ),
    "objects": (
        lambda f: [one.text("y") for one in f.objects("x", 1, "it")] and [],
        [[]],
        [[1], [{}], [{"y": ""}, {"y": ""}], {}, None],
    ),
}


@pytest.mark.parametrize("kind", READERS)
def test_what_fits_is_read_as_it_is_and_what_does_not_is_refused(kind):
    read, good, bad = READERS[kind]
    for value in good:
        fields = Fields({"x": value}, "the thing")
        assert read(fields) == value
        fields.end()
    for value in bad:
        with pytest.raises(ProtocolError, match="not as expected"):
            read(Fields({"x": value}, "the thing"))
    with pytest.raises(ProtocolError, match="the thing is not as expected: its missing x"):
        read(Fields({}, "the thing"))


def test_fields_that_no_one_reads_are_refused():
    fields = Fields({"x": "", "y": ""}, "the thing")
    fields.text("x")
    with pytest.raises(ProtocolError, match="its unknown 'y'"):
        fields.end()


@pytest.mark.parametrize("values", [None, [], "x", 1])
def test_only_an_object_has_fields(values):
    with pytest.raises(ProtocolError, match="no object"):
        Fields(values, "the thing")


def test_arrays_lie_one_behind_the_other():
    one, other = np.arange(6).reshape(2, 3), np.array([0.5])
    found = floats(bytes_of(one, other), ((2, 3), (1,)), "it")
    assert [array.dtype for array in found] == [np.float32] * 2
    assert np.array_equal(found[0], one) and np.array_equal(found[1], other)
    for body in (bytes_of(one), bytes_of(one, other) + b"\0"):
        with pytest.raises(ProtocolError, match="it is not as expected: it has"):
            floats(body, ((2, 3), (1,)), "it")
