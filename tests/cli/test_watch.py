"""harness watch: durations, what may be repeated, and how a change is said."""

import pytest

from harness.cli.failure import UserError
from harness.cli.watch import safe_names, say_change, seconds_of
from harness.domain.outage import Change, ChangeKind, Outage
from harness.domain.vocabulary import Party


@pytest.mark.parametrize(("text", "seconds"), [("90s", 90.0), ("10m", 600.0), ("1h", 3600.0)])
def test_durations(text: str, seconds: float) -> None:
    assert seconds_of(text) == seconds


@pytest.mark.parametrize(
    ("text", "said"), [("10", "write a number"), ("m", "write a number"), ("30s", "at least 60s")]
)
def test_no_durations(text: str, said: str) -> None:
    with pytest.raises(UserError, match=said):
        seconds_of(text)


def test_what_spends_log_ins_or_destroys_is_not_repeated() -> None:
    assert "login" not in safe_names(None)
    assert "reinstall" not in safe_names(None)
    with pytest.raises(UserError, match="spends a log-in"):
        safe_names(["login"])
    with pytest.raises(UserError, match="no scenario is called"):
        safe_names(["logn"])


def test_a_change_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    outage = Outage("o", Party.SERVER, "It fails.\x1b[31m", 0.0)

    say_change(Change(ChangeKind.STARTED, outage, 0.0))

    said = capsys.readouterr().out
    assert "It fails." in said
    assert "At fault: the service" in said
    assert "\x1b" not in said
