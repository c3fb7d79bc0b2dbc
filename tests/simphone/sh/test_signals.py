import pytest

from harness.simphone.sh.signals import number_of


@pytest.mark.parametrize(
    ("text", "number"), [("TERM", 15), ("SIGKILL", 9), ("hup", 1), ("0", 0), ("15", 15),
                         ("NOPE", None), ("99", None)],
)  # fmt: skip
def test_names(text: str, number: int | None) -> None:
    assert number_of(text) == number
