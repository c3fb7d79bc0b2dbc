import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.simphone.storage.identity import context_of, groups_of, is_app, name_of, number_of


@pytest.mark.parametrize(
    ("number", "name"),
    [(0, "root"), (2000, "shell"), (10142, "u0_a142"), (1010142, "u10_a142"),
     (50142, "all_a142"), (4321, "4321"), (1078, "ext_data_rw")],
)  # fmt: skip
def test_names(number: int, name: str) -> None:
    assert name_of(number) == name
    assert number_of(name) == number


@given(st.integers(0, 19999))
def test_each_number_can_be_named_and_found_again(number: int) -> None:
    assert number_of(name_of(number)) == number


def test_groups_and_contexts() -> None:
    assert {1015, 1028, 1078, 1079} <= set(groups_of(2000))
    assert 50142 in groups_of(10142)
    assert is_app(10142)
    assert not is_app(2000)
    assert number_of("nobody-such") is None
    assert [context_of(uid) for uid in (0, 2000)] == ["u:r:su:s0", "u:r:shell:s0"]
