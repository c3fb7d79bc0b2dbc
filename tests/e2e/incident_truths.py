"""What each incident truly does to each scenario, on the open and on the retail phone.

Pure data; a test walks it. `open` is the phone whose traffic can be read, `retail` the
one whose app refuses our certificate. Where more than one pair is given, any of them is
right, the first is the best. A pair is (outcome, party).

Reasons that hold for many rows:
- Offline content is played with the network off, so an outage of the service cannot touch
  it; that is the seed story's claim, and the row is the same in every server incident.
- The reinstall scenario passes when the experiment was completed, whatever was lost
  (contract); the same APK is installed again from the phone's own copy, so that not
  even an app that is absent from the stores stops it.
- On the retail phone a failure is seen on the screen and in sizes and times only. Blaming
  the server with little confidence or abstaining is right there; any other party is not:
  the app says "No internet connection" by itself, which is no fault of the network.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

SCENARIOS = ("login", "followers", "offline_content", "reinstall")
PROFILES = ("open", "retail")

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Due:
    """Pairs that are right, and the least confidence in the first one's party."""

    pairs: tuple[Pair, ...]
    least: float = 0.0


FINE = Due((("passed", "none"),))
SERVER = Due((("failed", "server"),), 0.9)  # read in the traffic
SILENT = Due((("failed", "server"),), 0.8)  # no answer: what swallows one may lie on the way, too
SERVER_DATA = Due((("failed", "server"),), 0.7)  # values that contradict one another
FROM_OUTSIDE = Due((("failed", "server"), ("failed", "unknown"), ("inconclusive", "unknown")))
BANNED = Due((("blocked", "server"),), 0.7)  # the screen says so, on either phone
THIS_PHONE = Due((("failed", "device"),), 0.7)  # adb reads the clock

Row = tuple[Due, Due]  # open, retail

UNTOUCHED: Mapping[str, Row] = {
    "login": (FINE, FINE),
    "followers": (FINE, FINE),
    "offline_content": (FINE, FINE),
    "reinstall": (FINE, FINE),
}

ROWS: Mapping[str, Mapping[str, Row]] = {
    "none": {},
    "slow": {},  # 2.5 s an answer: passed, with a note
    "login-outage": {
        "login": (SERVER, FROM_OUTSIDE),
        # 200 with zeros and an empty list, where log-in answers and the cache knew more
        "followers": (SERVER, FROM_OUTSIDE),
    },
    "followers-zero": {
        # the log-in is right; a profile full of zeros is still a profile
        "followers": (SERVER_DATA, FROM_OUTSIDE),
    },
    "singapore-2020": {
        "login": (SILENT, FROM_OUTSIDE),
        "followers": (SERVER_DATA, FROM_OUTSIDE),
    },
    "virginia-2020": {
        # the list's total is right and contradicts the profile's 0
        "followers": (SERVER_DATA, FROM_OUTSIDE),
    },
    "us-ban-2025": {
        "login": (BANNED, BANNED),
        # The retail app asked for its settings once, at its start, and refused our
        # certificate then: it never learnt of the ban before the list was shown. What the
        # person got is what counts.
        "followers": (BANNED, Due((("blocked", "server"), ("passed", "none")))),
        # The notice comes with the settings, which the app cannot fetch offline. Had it
        # fetched them before the network was cut, the notice covers everything.
        "offline_content": (
            Due((("passed", "none"), ("blocked", "server"))),
            Due((("passed", "none"), ("blocked", "server"))),
        ),
    },
    "us-power-2026": {
        "login": (SILENT, FROM_OUTSIDE),
        # the list times out; the stale counter alone would be a contradiction too
        "followers": (SERVER_DATA, FROM_OUTSIDE),
    },
    "regional-500": {
        "login": (SERVER, FROM_OUTSIDE),
        "followers": (SERVER, FROM_OUTSIDE),
    },
    "this-phone-only": {
        # A clock that is 30 days behind: certificates younger than that are not valid yet.
        # On the open phone the app meets such a one; on the retail phone it meets the
        # service's own, which are older, and nothing fails for the person.
        "login": (THIS_PHONE, FINE),
        "followers": (THIS_PHONE, FINE),
        # Offline videos were stored "in the future": they have not expired, and they play.
    },
}
"""Only what an incident changes; the rest is as in `UNTOUCHED`."""

TRUTHS: Mapping[tuple[str, str, str], Due] = {
    (incident, scenario, profile): {**UNTOUCHED, **rows}[scenario][number]
    for incident, rows in ROWS.items()
    for scenario in SCENARIOS
    for number, profile in enumerate(PROFILES)
}
"""By incident, scenario and profile."""
