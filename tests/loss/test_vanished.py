"""Why offline content is gone, when nobody deleted the app."""

import pytest

from harness.domain.storage import Area
from harness.domain.storage_map import ShelfLife
from harness.domain.vocabulary import Party
from harness.loss.vanished import Cause, Circumstances, Gone, why_gone

HOUR, DAY = 3600.0, 86400.0
NOW = 1_795_000_000.0
LIFE = ShelfLife("offline", 90 * DAY, 2 * DAY, 2 * DAY, 2**31)
PLAIN = ShelfLife("offline", 5 * DAY)
THREE_DAYS = Gone(kept_since=NOW - 3 * DAY, account="~a")


@pytest.mark.parametrize(
    ("gone", "seen", "life", "cause", "party", "confidence"),
    [
        (THREE_DAYS, Circumstances(NOW, fresh_folder=True), LIFE, "data_deleted", "device", 0.95),
        (THREE_DAYS, Circumstances(NOW, emptied=True), LIFE, "data_deleted", "device", 0.95),
        (THREE_DAYS, Circumstances(NOW, logged_in=False), LIFE, "other_account", "account", 0.9),
        (THREE_DAYS, Circumstances(NOW, account="~b"), LIFE, "other_account", "account", 0.95),
        # visited yesterday: 48 hours hold
        (
            THREE_DAYS,
            Circumstances(NOW, account="~a", last_visit=NOW - DAY),
            LIFE,
            "expired",
            "client",
            0.95,
        ),
        # not visited for a week: 90 days hold, so age is not the reason
        (THREE_DAYS, Circumstances(NOW, last_visit=NOW - 7 * DAY), LIFE, "unknown", "unknown", 0),
        (THREE_DAYS, Circumstances(NOW), LIFE, "expired", "client", 0.6),
        (Gone(kept_since=NOW - 91 * DAY), Circumstances(NOW), LIFE, "expired", "client", 0.95),
        (Gone(kept_since=NOW - 6 * DAY), Circumstances(NOW), PLAIN, "expired", "client", 0.95),
        (Gone(kept_since=NOW - DAY), Circumstances(NOW), PLAIN, "unknown", "unknown", 0),
        (Gone(kept_since=NOW - 6 * DAY), Circumstances(NOW), None, "unknown", "unknown", 0),
        # three days by the phone's clock, an hour in truth
        (THREE_DAYS, Circumstances(NOW, clock_offset=71 * HOUR), LIFE, "clock", "device", 0.9),
        (THREE_DAYS, Circumstances(NOW, 71 * HOUR, 71 * HOUR), LIFE, "expired", "client", 0.6),
        (THREE_DAYS, Circumstances(NOW, clock_offset=2.0), LIFE, "expired", "client", 0.6),
        # out of date by both clocks: the clock changes nothing
        (THREE_DAYS, Circumstances(NOW, clock_offset=HOUR), LIFE, "expired", "client", 0.6),
        (Gone(), Circumstances(NOW, free_bytes=2**30), LIFE, "low_storage", "device", 0.85),
        (Gone(), Circumstances(NOW, free_bytes=2**31), LIFE, "unknown", "unknown", 0),
        (Gone(), Circumstances(NOW, free_bytes=2**30), PLAIN, "unknown", "unknown", 0),
        (
            Gone(Area.EXTERNAL_CACHE),
            Circumstances(NOW, caches_emptied=True),
            None,
            "cache_cleared",
            "device",
            0.85,
        ),
        (Gone(Area.EXTERNAL_CACHE), Circumstances(NOW), None, "unknown", "unknown", 0),
        (Gone(), Circumstances(NOW, caches_emptied=True), None, "unknown", "unknown", 0),
    ],
    ids=range(21),
)
def test_why_gone(
    gone: Gone,
    seen: Circumstances,
    life: ShelfLife | None,
    cause: str,
    party: str,
    confidence: float,
) -> None:
    found = why_gone(gone, seen, life)

    assert (found.cause, found.party) == (Cause(cause), Party(party))
    assert found.confidence == confidence
    assert (found.known_issue == "policy") is (found.cause is Cause.EXPIRED)


def test_the_sentence_gives_the_numbers() -> None:
    found = why_gone(THREE_DAYS, Circumstances(NOW), LIFE)
    assert found.statement == (
        "The app deletes such content by itself after 48 hours; this was 3 days old (if its page"
        " was opened in the days before, which is not known)."
    )
