from __future__ import annotations

from pathlib import Path

import pytest
import torch

from digitpad.core.errors import DigitpadError
from digitpad.nets.files.matching import compare, listed, match_state_dict

WANTED = {"a.weight": torch.zeros(2, 3), "n": torch.tensor(0)}
GIVEN = {"a.weight": torch.arange(6.0).reshape(2, 3), "n": torch.tensor(4)}


def fit(**changes: torch.Tensor) -> tuple[dict[str, torch.Tensor], tuple[str, ...]]:
    return match_state_dict(
        Path("f.pth"),
        WANTED,
        {**GIVEN, **{k.replace("__", "."): v for k, v in changes.items()}},
        "net",
    )


def test_tensors_that_fit_are_copied_as_they_are():
    found, notes = fit()
    assert notes == () and all(torch.equal(found[name], GIVEN[name]) for name in WANTED)
    found["a.weight"].zero_()
    assert GIVEN["a.weight"].any()


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16, torch.float64])
def test_another_precision_is_converted_and_said(dtype):
    found, notes = fit(a__weight=GIVEN["a.weight"].to(dtype))
    assert found["a.weight"].dtype == torch.float32 and torch.equal(
        found["a.weight"], GIVEN["a.weight"]
    )
    assert notes == (
        f"The file's numbers are {str(dtype)[6:]}; they are computed with as float32.",
    )


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"a__weight": torch.zeros(2, 3).to_sparse()}, "a.weight is sparse"),
        ({"a__weight": torch.zeros(2, 3, device="meta")}, "a.weight holds no plain numbers"),
        ({"a__weight": torch.zeros(2, 3, dtype=torch.int64)}, "a.weight is int64, not float32"),
        (
            {"a__weight": torch.zeros(2, 3, dtype=torch.complex64)},
            "a.weight is complex64, not float32",
        ),
        ({"n": torch.tensor(0.5)}, "n is float32, not int64"),
        ({"a__weight": torch.full((2, 3), torch.nan)}, "a.weight has values that are not finite"),
        (
            {"a__weight": torch.full((2, 3), 1e300, dtype=torch.float64)},
            "a.weight has values that are not finite",
        ),
        ({"a__weight": torch.zeros(3, 2)}, r"a.weight is \(3, 2\) where \(2, 3\) is needed"),
        ({"a__weight": torch.zeros(()).expand(10**6, 10**6)}, r"a.weight is \(1000000, 1000000\)"),
        ({"b": torch.zeros(1)}, r"b \(1,\) is too many"),
    ],
)
def test_what_cannot_be_used_is_named(changes, words):
    with pytest.raises(DigitpadError, match=words):
        fit(**changes)


def test_nested_tensors_are_refused():
    nested = torch.nested.nested_tensor([torch.zeros(2), torch.zeros(3)], layout=torch.jagged)
    with pytest.raises(DigitpadError, match="does not fit net"):
        fit(a__weight=nested)


def test_the_list_of_misfits_is_limited():
    misfits = compare({f"layer{i}": (i,) for i in range(100)}, {"x": (1,)})
    assert len(misfits) == 101 and listed(misfits).endswith("layer5 (5,) is missing; and 95 more")


LAYERS = {"a.weight": torch.zeros(2, 3), "b.n.num_batches_tracked": torch.tensor(0)}


@pytest.mark.parametrize(
    "names",
    [
        "a.weight",
        "module.a.weight",
        "_orig_mod.module.a.weight",
        "model.net.a.weight",
        "a.weight,total_ops,a.total_params,n_averaged",
        "module.a.weight,n_averaged",
        "model.a.weight,loss.weight,loss.bias",
    ],
)
def test_what_wraps_the_names_is_taken_off_and_counters_need_not_be_there(names):
    every = names.split(",")
    given = {every[0]: torch.ones(2, 3), **{name: torch.zeros(1) for name in every[1:]}}
    found, notes = match_state_dict(Path("f.pth"), LAYERS, given, "net")
    assert torch.equal(found["a.weight"], torch.ones(2, 3))
    assert int(found["b.n.num_batches_tracked"]) == 0
    unused = "The file holds more than this network, which is not used: loss.weight; loss.bias."
    assert notes == ((unused,) if "loss" in names else ())


def test_a_module_may_wrap_what_the_file_does_not():
    wanted = {"net.a.weight": torch.zeros(2, 3), "net.b": torch.zeros(1)}
    given = {"a.weight": torch.ones(2, 3), "b": torch.ones(1)}
    found, _ = match_state_dict(Path("f.pth"), wanted, given, "net")
    assert torch.equal(found["net.a.weight"], given["a.weight"])


def test_names_that_fit_as_they_are_are_left_so():
    wanted = {"module.a": torch.zeros(1), "module.module.a": torch.zeros(1)}
    given = {"module.a": torch.ones(1), "module.module.a": torch.full((1,), 2.0)}
    found, _ = match_state_dict(Path("f.pth"), wanted, given, "net")
    assert [float(one) for one in found.values()] == [1, 2]


def test_misfits_are_told_without_what_wraps_the_names():
    with pytest.raises(DigitpadError, match=r"net: a.weight is \(4,\) where \(2, 3\) is needed$"):
        match_state_dict(Path("f.pth"), LAYERS, {"module.a.weight": torch.zeros(4)}, "net")
