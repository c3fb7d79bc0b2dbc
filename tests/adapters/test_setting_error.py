"""The one error of settings files."""

import pickle

import pytest

from harness.adapters.setting_error import SettingError


@pytest.mark.parametrize(
    ("line", "said"), [(3, "f.yaml:3: 'a' is odd"), (None, "f.yaml: 'a' is odd")]
)
def test_it_names_its_place_and_comes_whole_from_another_process(
    line: int | None, said: str
) -> None:
    error = SettingError("f.yaml", line, "'a' is odd")

    assert isinstance(error, ValueError)
    assert str(error) == said
    assert str(pickle.loads(pickle.dumps(error))) == said  # noqa: S301 - our own
