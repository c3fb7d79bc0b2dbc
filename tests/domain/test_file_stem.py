"""Names become parts of paths that stay inside their folder."""

import pytest

from harness.domain.file_stem import file_stem


@pytest.mark.parametrize(
    ("name", "stem"),
    [("sim", "sim"), ("a/b c", "a-b-c"), ("../../etc", "etc"), ("...", "phone"), ("", "phone")],
)
def test_names(name: str, stem: str) -> None:
    assert file_stem(name) == stem
