"""Named incidents: for each need the faults that its requests meet in turn.

After the outage timeline of public reports. None of those gives HTTP codes; that the
app stayed up and showed zeros, stale counters or time-outs is what they agree on. Which
of our faults stands for a symptom is this simulator's choice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from harness.simphone.service.hosts import ALL_NEEDS, API_NEEDS

WEEKS_BEHIND = -30 * 86_400
"""Seconds of a clock that is a month behind: certificates of today are not valid yet."""


@dataclass(frozen=True, slots=True)
class Incident:
    """One story of the outage timeline; `about` says what it shows and where that is from.

    `faults` maps a need to fault names; a need's requests meet them in turn,
    over and over ("" is a healthy answer in between). `aftermath`: the same for
    the time after it, once "none" is set. `phone`: verbs that break the one phone that
    the incident is set on, with their values while it lasts and when it is over.
    """

    name: str
    about: str
    faults: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    aftermath: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    phone: tuple[tuple[str, object, object], ...] = ()


_ROWS = (
    Incident("none", "all is well"),
    Incident(
        "login-outage",
        "log-in answers with errors, refusals of its own making and silence, counters are 0, "
        "videos are fine; put together from the log-in difficulties of 2026-01-25 (mediadailyfile) "
        "and 2020-09-12 (35 % of the reports, ibtimes.co.uk 1684467)",
        {
            "login-check": ("http-503",),
            "login": ("http-500", "error-envelope", "hang", "http-503"),
            "profile": ("zero-counters",),
            "followers": ("empty-list",),
        },
    ),
    Incident(
        "followers-zero",
        "accounts show 0 followers and following, lists come empty, log-in works; 2021-05, "
        "restored by itself (distractify.com 2021-05-13), and the zeros of 2020-07-09 "
        "(Indian Express 2020-07-10)",
        {"profile": ("zero-counters",), "followers": ("empty-list",), "following": ("empty-list",)},
    ),
    Incident(
        "singapore-2020",
        "names and photos missing, follower lists wrong, asks to change the user name, "
        "connection problems with log-in (35 % of the reports) and videos (58 %); 2020-09-12, "
        "Singapore data centre (ibtimes.co.uk 1684467, thescottishsun.co.uk/tech/6150531)",
        {
            "config": ("username-change",),
            "profile": ("names-lost",),
            "followers": ("empty-list", "reset-after-request"),
            "login": ("hang", "error-envelope"),
            "feed": ("reset-after-request", ""),
        },
    ),
    Incident(
        "virginia-2020",
        "like, view and profile counts 0, feed starts over; lists and log-in are right; "
        "2020-07-09, more traffic than normal on servers in Virginia (Business Insider, "
        "Indian Express 2020-07-10)",
        {"profile": ("zero-counters",), "feed": ("feed-reset",)},
    ),
    Incident(
        "us-ban-2025",
        "full-screen notice with Learn more and Close, nothing else to be had, 12 to 14 hours; "
        'afterwards a card says "Welcome back!"; 2025-01-18 (suggest.com, gaminghybrid.com)',
        {"config": ("region-ban",)},
        aftermath={"config": ("welcome-back",)},
    ),
    Incident(
        "us-power-2026",
        "log-in and lists time out, counters are stale, the feed is slow and repeats itself; only "
        "this region's hosts, others answer; 2026-01-25 to 02-01, power failure at a site in "
        "the U.S. (trendstack.news, mediadailyfile)",
        {
            "login-check": ("slow",),
            "login": ("hang",),
            "profile": ("stale-counters",),
            "followers": ("hang",),
            "following": ("hang",),
            "feed": ("slow", "feed-reset"),
            "play": ("slow",),
        },
    ),
    Incident(
        "regional-500",
        "every API host of this region answers 500, another region and the videos are fine; "
        "after the one-site failure of 2026-01-25 (trendstack.news), whose codes nobody reported",
        dict.fromkeys((*API_NEEDS, "login-check"), ("http-500",)),
    ),
    Incident(
        "slow",
        "everything is right and takes 2.5 s; the slow loads of 2026-01-25 (mediadailyfile) alone",
        dict.fromkeys(ALL_NEEDS, ("slow",)),
    ),
    Incident(
        "this-phone-only",
        "the service is well; this one phone's clock is 30 days behind, so that it takes no "
        "certificate; the counter-case to the timeline, as no outage of it was one phone's",
        phone=(("clock_offset", WEEKS_BEHIND, 0),),
    ),
)

INCIDENTS: Mapping[str, Incident] = {row.name: row for row in _ROWS}
"""All incidents by name."""
