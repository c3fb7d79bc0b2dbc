"""What to do and what not to do are two lists."""

import pytest

from harness.domain.advice import Advice, told_apart


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ((), Advice()),
        (
            ("Wait.", "Do not delete the app: it costs drafts."),
            Advice(("Wait.",), ("Do not delete the app: it costs drafts.",)),
        ),
        (
            ("Do not log out and do not change the password; wait and try again later.",),
            Advice(
                ("Wait and try again later.",),
                ("Do not log out and do not change the password.",),
            ),
        ),
        (
            ("Change nothing yet", "Never guess!"),
            Advice((), ("Change nothing yet.", "Never guess!")),
        ),
        (("Donate the phone; ",), Advice(("Donate the phone.",), ())),
    ],
)
def test_told_apart(said: tuple[str, ...], found: Advice) -> None:
    assert told_apart(said) == found
