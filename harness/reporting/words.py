"""How outcomes, parties and confidence are said to people."""

from datetime import UTC, datetime

from harness.domain.verdict import AppLabel, Verdict
from harness.domain.vocabulary import Outcome, Party, Visibility

TONES = {Outcome.PASSED: "good", Outcome.FAILED: "bad"}
"""Of a colour; what is neither is "open"."""

OUTCOMES = {
    Outcome.PASSED: "works",
    Outcome.FAILED: "fails",
    Outcome.BLOCKED: "stopped at a gate",
    Outcome.INCONCLUSIVE: "not settled",
    Outcome.NOT_RUN: "not run",
}
PARTIES = {
    Party.NONE: "nobody",
    Party.SERVER: "the service",
    Party.CLIENT: "the app",
    Party.NETWORK: "the network",
    Party.DEVICE: "this phone",
    Party.ACCOUNT: "this account",
    Party.HARNESS: "our own equipment",
    Party.UNKNOWN: "not known",
}
VISIBILITIES = {
    Visibility.OPEN: "we could read the app's traffic",
    Visibility.PARTLY_OPAQUE: "we could read part of the app's traffic",
    Visibility.OPAQUE: "we could not read the app's traffic, only its outside",
    Visibility.NOT_CAPTURED: "the app's traffic was not captured",
}


CONTROLS = {
    "host_probe": "Same host, from our machine",
    "control_site": "Another site, from our machine",
    "canary": "Test request from the phone",
    "second_resolver": "Second name resolver",
    "second_phone": "Second phone",
    "pass_through": "Same step, not decrypted",
    "capture_off": "Same step, capture off",
    "baseline": "Earlier runs",
    "other_name": "Another name, same address",
}
UNCHECKED = {
    "host_probe": "Whether the service's computer can be reached from another place",
    "control_site": "Whether other sites can be reached from here",
    "canary": "Whether the phone's traffic reached our recorder at all",
    "second_resolver": "Whether another name service gives the same address",
    "second_phone": "Whether the same happens on a second phone",
    "pass_through": "Whether it also fails when nobody looks into the traffic",
    "capture_off": "Whether it also fails when the traffic goes past our proxy",
    "baseline": "Whether it worked here before",
    "other_name": "Whether another name is reached at the same address",
}
"""What is open when a control was not made."""


def control(name: str) -> str:
    """A control's name in words."""
    return CONTROLS.get(name, name.replace("_", " "))


SCENARIOS = {"login": "Log-in", "offline_content": "Offline videos"}


def scenario(verdict: Verdict) -> str:
    """A scenario's name for a heading: "Log-in", "Followers"."""
    name = verdict.scenario or "capture"
    return SCENARIOS.get(name, name.replace("_", " ").capitalize())


GENUINE = {True: "genuine", False: "not the maker's signature", None: "signer not known"}


def build(app: AppLabel) -> str:
    """Which build: "com.x 43.1.4 (2024301040), genuine, from com.android.vending"."""
    code = f"({app.version_code})" if app.version_code is not None else ""
    name = " ".join(word for word in (app.package, app.version_name or "", code) if word)
    signer = f" {app.signer[:12]}…" if app.signer and app.genuine is not True else ""
    by = f"from {app.installer}" if app.installer else "installer not known"
    return f"{name}, {GENUINE[app.genuine]}{signer}, {by}"


def moment(iso: str | None) -> str:
    """An ISO time for people: "2026-11-23 09:42:16 UTC"; what is no such time, as it is."""
    if not iso:
        return ""
    try:
        return datetime.fromisoformat(iso).astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
    except ValueError:
        return iso


def sureness(confidence: float) -> str:
    """A confidence of 0…1 in words."""
    steps = ((0.95, "almost certain"), (0.9, "very sure"), (0.7, "fairly sure"), (0.5, "unsure"))
    return next((word for least, word in steps if confidence >= least), "a guess at best")


def percent(value: float) -> str:
    """0.934 → "93 %"."""
    return f"{value * 100:.0f} %"
