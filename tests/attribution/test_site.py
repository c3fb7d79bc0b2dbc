"""One owner's part of a name."""

import pytest

from harness.attribution.site import site_of


@pytest.mark.parametrize(
    ("host", "site"),
    [
        ("api.one.example", "one.example"),
        ("one.example:443", "one.example"),
        ("api.one.co.uk", "one.co.uk"),
        ("192.0.2.7", "192.0.2.7"),
    ],
)
def test_the_last_labels_are_an_owners(host: str, site: str) -> None:
    assert site_of(host) == site
