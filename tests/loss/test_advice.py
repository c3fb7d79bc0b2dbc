"""One sentence, computed."""

import pytest

from harness.loss.advice import advise
from harness.loss.loss import ClassTotal, Fate


def of(one: str, had: int | None, missed: bool = True, **fates: int) -> ClassTotal:
    counts = {Fate(fate): number for fate, number in fates.items()}
    left = fates.get("survived", 0) + fates.get("restored", 0)
    return ClassTotal(one, one, f"{one}s", missed, had, 0, left, 0, counts)


DRAFTS = of("draft", 4, lost=4)
SAVED = of("saved video", 3, survived=3)
LOG_IN = of("log-in", 1, lost=1)
HIDDEN = of("draft", None, not_visible=0)


@pytest.mark.parametrize(
    ("classes", "gone", "sentence"),
    [
        (
            [DRAFTS, of("clip", 6, not_checked=2, survived=4), LOG_IN, SAVED],
            True,
            (
                "Deleting the app cost 4 drafts and the log-in; whether the service still has 2 of"
                " 6 clips was not checked; 4 of 6 clips and 3 saved videos are still there: do not"
                " delete it when the service is down."
            ),
        ),
        (
            [of("clip", 6, not_checked=6)],
            True,
            (
                "Whether the service still has 6 clips was not checked: do not delete it when the"
                " service is down."
            ),
        ),
        (
            [of("draft", 4, absent=4), SAVED],
            False,
            (
                "Not lost, and not here: 4 drafts, on a card that is not in the phone. Put the card"
                " in before the app is removed or installed anew: of an app that was removed"
                " meanwhile, Android deletes what lies on a card formatted as internal storage."
            ),
        ),
        (
            [of("draft", 4, absent=4), LOG_IN],
            True,
            (
                "Deleting the app cost the log-in; 4 drafts: on a card that is not in the phone: do"
                " not delete it when the service is down."
            ),
        ),
        (
            [LOG_IN],
            True,
            "Deleting the app cost the log-in: do not delete it when the service is down.",
        ),
        (
            [of("draft", 4, lost=3, survived=1)],
            False,
            (
                "Gone without a reinstall: 3 of 4 drafts; 1 of 4 drafts is still there: look for"
                " the reason before you delete anything."
            ),
        ),
        (
            [LOG_IN, HIDDEN],
            True,
            (
                "Deleting the app cost the log-in; drafts cannot be seen here: do not delete it"
                " when the service is down."
            ),
        ),
        (
            [HIDDEN, SAVED],
            True,
            (
                "This phone does not let us see drafts; Android deletes the place where the app"
                " keeps them when it is removed, so count on it that they went with it."
            ),
        ),
        (
            [HIDDEN],
            False,
            (
                "This phone does not let us see drafts; Android deletes the place where the app"
                " keeps them when it is removed, so count on it that they go with it."
            ),
        ),
        (
            [SAVED, of("cached file", 9, missed=False, lost=9)],
            True,
            "Nothing that you would miss was lost: 3 saved videos are still there.",
        ),
        (
            [of("cached file", 9, missed=False, lost=9)],
            True,
            "Nothing that you would miss was there.",
        ),
    ],
    ids=range(11),
)
def test_advise(classes: list[ClassTotal], gone: bool, sentence: str) -> None:
    assert advise(classes, deleted=gone) == sentence


def test_storage_that_was_cleared() -> None:
    assert advise([LOG_IN], deleted=True, cleared=True) == (
        "Clearing the app's storage cost the log-in: do not clear it when the service is down."
    )
