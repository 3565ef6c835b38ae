from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digitpad.ui.shell.settings import Settings, StepsState, checked

_ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=20),
    st.binary(max_size=4),
    st.lists(st.one_of(st.integers(), st.text(max_size=3), st.none()), max_size=5),
)


def test_nothing_is_as_at_first():
    assert checked({}) == Settings()


@pytest.mark.parametrize(
    ("name", "held", "is_taken"),
    [
        ("theme", "dark", True),
        ("theme", "purple", False),
        ("text_size", "150", 150),
        ("text_size", "151", False),
        ("pen_width", "7.5", 7.5),
        ("pen_width", "1e9", False),
        ("pen_width", "nan", False),
        ("fingers_draw", "true", True),
        ("fingers_draw", "perhaps", False),
        ("device", "cpu", True),
        ("device", "abacus", False),
        ("place", ["1", "2", "300", "400"], (1, 2, 300, 400)),
        ("place", ["1", "2", "0", "400"], False),
        ("place", ["1", "2", "inf", "400"], False),
        ("place", "1", False),
        ("recent", ["/a", "/b"], ("/a", "/b")),
        ("recent", "/only", ("/only",)),
        ("network", "a\nb", False),
        ("hints_seen", "squares", ("squares",)),
        ("hints_seen", 7, ()),
        ("first_steps", "shown", StepsState.SHOWN),
        ("first_steps", "often", StepsState.NEW),
        ("steps_done", ["draw", "layer"], ("draw", "layer")),
    ],
)
def test_each_value_is_checked(name, held, is_taken):
    wanted = getattr(Settings(), name)
    if is_taken is not False:
        wanted = held if is_taken is True and held != "true" else is_taken
    assert getattr(checked({name: held}), name) == wanted


@settings(max_examples=60)
@given(st.dictionaries(st.sampled_from([*Settings.__dataclass_fields__, "other"]), _ODD))
def test_no_value_from_outside_breaks_it(held):
    got = checked(held)
    assert isinstance(got.pen_width, int | float) and isinstance(got.recent, tuple)
