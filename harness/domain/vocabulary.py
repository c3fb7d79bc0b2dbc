"""The closed vocabularies: outcomes, parties, layers, evidence levels, visibility."""

from enum import StrEnum


class Outcome(StrEnum):
    """What became of a scenario, from the user's side."""

    PASSED = "passed"
    FAILED = "failed"  # the user did not get what the scenario is for
    BLOCKED = "blocked"  # a gate that a person must answer
    INCONCLUSIVE = "inconclusive"  # not enough was seen
    NOT_RUN = "not_run"  # not chosen, no consent, start state not given, no log-in left


class Party(StrEnum):
    """Who is answerable."""

    NONE = "none"
    SERVER = "server"
    CLIENT = "client"
    NETWORK = "network"
    DEVICE = "device"
    ACCOUNT = "account"
    HARNESS = "harness"
    UNKNOWN = "unknown"


class Layer(StrEnum):
    """Where the decisive evidence lies, from the ground up."""

    HOST = "host"
    DEVICE = "device"
    DNS = "dns"
    TCP = "tcp"
    TLS = "tls"
    HTTP = "http"
    APPLICATION = "application"
    UI = "ui"
    STORAGE = "storage"


class Level(StrEnum):
    """How far a piece of evidence may be used (after OONI's three levels)."""

    COUNTED = "counted"
    DISCARDED = "discarded"  # seen, but a lower layer was already broken
    NONE = "none"  # nothing was seen; that is not "fine"


class Visibility(StrEnum):
    """How much of the app's traffic could be read."""

    OPEN = "open"
    PARTLY_OPAQUE = "partly_opaque"
    OPAQUE = "opaque"
    NOT_CAPTURED = "not_captured"


class ControlResult(StrEnum):
    """What a control said of the thing it controls."""

    OK = "ok"
    FAILED = "failed"
    NOT_MADE = "not_made"
