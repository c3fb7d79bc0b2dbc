"""Advice for the phone's owner, by party, and the next control by what is in doubt.

A sentence of advice either says what to do or, beginning with "Do not", what not to do;
people read them as two lists (domain/advice.py).
"""

from harness.domain.vocabulary import Outcome, Party

KEEP_THE_APP = (
    "Do not delete the app: the fault is not on the phone, and deleting would only lose local "
    "data such as drafts and offline videos."
)

ADVICE: dict[Party, tuple[str, ...]] = {
    Party.NONE: (),
    Party.SERVER: (
        KEEP_THE_APP,
        "Do not log out and do not change the password.",
        "Wait and try again later.",
    ),
    Party.CLIENT: (
        "Restart the app, then look for an update of it.",
        "Do not delete the app before drafts and offline videos are safe.",
    ),
    Party.NETWORK: (
        "Try another network, for instance mobile data in place of Wi-Fi.",
        KEEP_THE_APP,
    ),
    Party.DEVICE: (
        "Mend the phone's setting that is named here, then try again.",
        "Do not delete the app: neither it nor the service shows a fault.",
    ),
    Party.ACCOUNT: (
        "Settle it with the account, in the app itself.",
        "Do not delete the app: a new installation would not help.",
    ),
    Party.HARNESS: (
        "Run the test again once our equipment is mended: so far it says nothing about the app.",
        "Do not change anything on the phone because of this.",
    ),
    Party.UNKNOWN: (
        "Wait a little and look again.",
        "Do not change anything on the phone yet: what was seen does not tell whose fault it is.",
    ),
}

BLOCKED_ADVICE = ("Answer this at the phone: only a person can, and the harness never solves it.",)

RATE_LIMIT_ADVICE = ("Wait at least 30 minutes before the next try to log in.",)

PASSWORD_ADVICE = ("Check the password and try once more by hand.", "Do not guess repeatedly.")

_BY_MEANING = {
    "rate_limited": RATE_LIMIT_ADVICE,
    "too_many_attempts": RATE_LIMIT_ADVICE,
    "wrong_password": PASSWORD_ADVICE,
}


def advice_for(party: Party, outcome: Outcome, meaning: str | None = None) -> tuple[str, ...]:
    """Sentences for the phone's owner."""
    special = _BY_MEANING.get(meaning or "", ())
    if outcome is Outcome.BLOCKED and party is not Party.SERVER:
        return (*special, *BLOCKED_ADVICE)
    if outcome in {Outcome.PASSED, Outcome.NOT_RUN}:
        return ()
    return (*special, *ADVICE[party])


UNKNOWN_SUMMARY = {
    Party.SERVER: "the service",
    Party.CLIENT: "the app",
    Party.NETWORK: "the network",
    Party.DEVICE: "the phone",
    Party.ACCOUNT: "the account",
    Party.HARNESS: "our own test equipment",
    Party.NONE: "nobody",
    Party.UNKNOWN: "something that was not seen",
}


def undecided(statement: str, parties: list[Party]) -> str:
    """The summary of a verdict that names no party."""
    names = [UNKNOWN_SUMMARY[party] for party in parties]
    listed = f"{', '.join(names[:-1])} or {names[-1]}" if len(names) > 1 else names[0]
    return f"{statement} Whether {listed} is answerable cannot be told from what was seen."
