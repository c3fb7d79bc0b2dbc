"""Named incidents: for each need the faults that its requests meet in turn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from harness.simphone.service.hosts import ALL_NEEDS, API_NEEDS


@dataclass(frozen=True, slots=True)
class Incident:
    """One story of the outage timeline.

    `faults` maps a need to fault names; a need's requests meet them in turn,
    over and over ("" is a healthy answer in between).
    """

    name: str
    about: str
    faults: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])


_ROWS = (
    Incident("none", "all is well"),
    Incident(
        "login-outage",
        "log-in answers with errors, refusals of its own making and silence; counters are 0; "
        "feed and videos are fine",
        {
            "login-check": ("http-503",),
            "login": ("http-500", "error-envelope", "hang", "http-503"),
            "profile": ("zero-counters",),
            "followers": ("empty-list",),
        },
    ),
    Incident("slow", "everything is right and takes 2-3 s", dict.fromkeys(ALL_NEEDS, ("slow",))),
    Incident(
        "followers-zero",
        "2021-05: accounts show 0, lists come empty; restored later (distractify.com)",
        {"profile": ("zero-counters",), "followers": ("empty-list",), "following": ("empty-list",)},
    ),
    Incident(
        "singapore-2020",
        "2020-09-12: names missing, follower lists wrong, connection problems, 35 % of reports "
        "about log-in (ibtimes.co.uk 1684467)",
        {
            "profile": ("names-lost",),
            "followers": ("empty-list", "reset-after-request"),
            "login": ("hang", "error-envelope"),
        },
    ),
    Incident(
        "virginia-2020",
        "2020-07-09: like and view counts 0, feed reset (Indian Express 2020-07-10)",
        {"profile": ("zero-counters",), "feed": ("feed-reset",)},
    ),
    Incident(
        "us-ban-2025",
        "2025-01-18: full-screen notice, nothing else to be had (suggest.com)",
        {"config": ("region-ban",)},
    ),
    Incident(
        "us-power-2026",
        "2026-01-25: log-in difficulties, time-outs, slow loads (mediadailyfile)",
        {"login": ("hang",), "profile": ("slow",), "followers": ("hang",), "feed": ("slow", "")},
    ),
    Incident(
        "regional-500",
        "every API host of the region answers 500; videos are fine",
        dict.fromkeys((*API_NEEDS, "login-check"), ("http-500",)),
    ),
)

INCIDENTS: Mapping[str, Incident] = {row.name: row for row in _ROWS}
"""All incidents by name."""
