from __future__ import annotations

import io
import pickle
import zipfile

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from digitpad.nets.files.pickle_check import UnsafePickleError, check_pickle, check_pickles


def doubled(times: int) -> bytes:
    """A pickle of an empty tuple, twice in a tuple, that twice in a tuple, and so on."""
    steps = b"".join(b"h%ch%c\x86q%c" % (i, i, i + 1) for i in range(times))
    return b"\x80\x02)q\x00" + steps + b"."


def zipped(content: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("weights/data.pkl", content)
    return stream.getvalue()


@pytest.mark.parametrize("is_zip", [True, False])
def test_weights_of_many_layers_pass(is_zip):
    network = torch.nn.Sequential(*[torch.nn.Linear(2, 2) for _ in range(300)])
    stream = io.BytesIO()
    torch.save(
        {"epoch": 3, "model": network.state_dict(), "rates": (0.1, 0.01)},
        stream,
        _use_new_zipfile_serialization=is_zip,
    )
    check_pickles(stream.getvalue())


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (doubled(40), "tuples within tuples"),
        (b"\x80\x02)" + b"\x85" * 200_000 + b".", "tuples within tuples"),
        (b"\x80\x02" + b"]" * 1_000_000 + b".", "too many parts"),
        (b"\x80\x02" + b"(" * 1_000_000 + b".", "too many parts"),
        (b"\x80\x02]", "cut short"),
        (b"\x80\x02.", ""),
        (b"\x80\x02h\x05.", "damaged"),
        (b"\x80\x02t.", "damaged"),
        (b"not a pickle", "damaged"),
        (b"(cos\nsystem\no.", "object of a program"),
    ],
)
def test_what_would_take_for_ever_or_makes_no_sense_is_refused(content, why):
    if why:
        with pytest.raises(UnsafePickleError, match=why):
            check_pickle(io.BytesIO(content))
        with pytest.raises(UnsafePickleError, match=why):
            check_pickles(zipped(content))
    else:
        check_pickle(io.BytesIO(content))


def test_a_list_of_tensors_that_is_megabytes_long_is_refused():
    with pytest.raises(UnsafePickleError, match="too long"):
        check_pickles(zipped(b"\x80\x02" + b"0" * (17 << 20)))


plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(),
    lambda inner: (
        st.lists(inner)
        | st.tuples(inner, inner)
        | st.dictionaries(st.text() | st.integers(), inner)
    ),
    max_leaves=12,
)


@given(value=plain, protocol=st.integers(0, pickle.HIGHEST_PROTOCOL))
def test_what_python_pickles_of_plain_values_passes(value, protocol):
    check_pickle(io.BytesIO(pickle.dumps(value, protocol)))


@given(content=st.binary(max_size=300))
def test_whatever_bytes_come_only_the_one_error_is_raised(content):
    try:
        check_pickle(io.BytesIO(content))
    except UnsafePickleError:
        return
