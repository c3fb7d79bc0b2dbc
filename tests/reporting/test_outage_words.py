"""How outages are told to people."""

import pytest

from harness.domain.outage import Change, ChangeKind, Outage
from harness.domain.vocabulary import Party
from harness.reporting.outage_words import lasted, since, tell

OUTAGE = Outage("o", Party.SERVER, "It fails.", 0.0, None, None, (("a", "x_y"),), (("a", "x_y"),))


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(5, "1 minute"), (600, "10 minutes"), (3600, "1 hour"), (11100, "3 hours 5 minutes")],
)
def test_lasted(seconds: float, said: str) -> None:
    assert lasted(seconds) == said


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (ChangeKind.STARTED, "It fails. At fault: the service, since"),
        (ChangeKind.SPREAD, "now x y on a as well"),
        (ChangeKind.ENDED, "after 10 minutes"),
    ],
)
def test_changes(kind: ChangeKind, said: str) -> None:
    assert said in tell(Change(kind, OUTAGE, 600.0))


def test_since_is_as_narrow_as_was_seen() -> None:
    known = Outage("o", Party.SERVER, "s", 600.0, last_good=0.0)

    assert "between" in since(known)
    assert since(OUTAGE).endswith("or before")
