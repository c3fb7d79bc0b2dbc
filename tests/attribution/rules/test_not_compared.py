"""A try of offline content that ended well, by how much of it could be held against something."""

from __future__ import annotations

from typing import Any

import pytest

from tests.attribution.build import judged
from tests.attribution.content_truths import CUT, OFFLINE, look, opened

PASSED: dict[str, Any] = {**OFFLINE, "result": "passed"}
CLOSED = "nobody may look"


def passed(*facts: Any) -> Any:
    return judged(CUT, *facts, **PASSED)


SAVED = look(content="saved_video", listed=3, rows=3, files=3)


@pytest.mark.parametrize(
    ("facts", "sure", "said"),
    [
        ((look(listed=0, unseen=CLOSED),), 0.6, "no offline video is listed, and whether there"),
        ((look(listed=0), SAVED, opened(6.0, "plays", "saved_video")), 0.75, "no offline video"),
        ((look(listed=6, unseen=CLOSED), opened(6.0, "plays")), 0.9, "the 6 listed offline videos"),
        ((look(content="draft", listed=1), opened(6.0, "plays", "draft")), 0.9, "1 listed draft "),
        ((look(listed=0, earlier=0),), 0.6, "no offline video is listed"),
        ((look(content="puzzle", listed=0),), 0.6, "no puzzle is listed"),
    ],
    ids=[
        "nothing tried",
        "another kind works",
        "all listed work",
        "one",
        "none before",
        "kind not in profile",
    ],
)
def test_what_was_not_compared_is_said_and_makes_less_sure(
    facts: tuple[Any, ...], sure: float, said: str
) -> None:
    verdict = passed(*facts)

    assert (verdict.rule, verdict.outcome, verdict.party) == (
        "passed_not_compared", "passed", "none",
    )  # fmt: skip
    assert verdict.confidence == sure
    assert said in verdict.summary
    assert (CLOSED in verdict.summary) is any(CLOSED in str(fact) for fact in facts)
    assert (verdict.next_control is not None) is (sure < 0.7)
    assert verdict.evidence[-1].refs


@pytest.mark.parametrize(
    "facts",
    [
        (look(listed=0, rows=0, files=0),),
        (look(listed=6, earlier=6), opened(6.0, "plays")),
        (look(listed=6, files=6), opened(6.0, "plays")),
        (look(1.0, listed=0), look(5.0, listed=6, files=6), opened(6.0, "plays")),
        (look(unseen="not listed yet"),),
    ],
    ids=["none lie there", "as many before", "all there", "a later look", "no list"],
)
def test_what_was_compared_passes_without_a_doubt(facts: tuple[Any, ...]) -> None:
    assert (passed(*facts).rule, passed(*facts).confidence) == ("passed", 1.0)


def test_a_try_that_failed_is_not_called_well() -> None:
    assert judged(CUT, look(listed=0), **OFFLINE).rule != "passed_not_compared"
