"""Which build a scenario meets: looked at when it begins, compared with what was asked for.

A store updates apps by itself, also between two scenarios. Another build than the pinned
one is written down and flagged; the scenario runs all the same.
"""

from __future__ import annotations

from harness.adapters.adb.package import read_app
from harness.domain.app_build import BuildPin, deviations, replaced
from harness.domain.facts.build import BuildDeviation
from harness.ports import InstrumentError
from harness.session.phone_session import PhoneSession


def check_build(session: PhoneSession, pin: BuildPin) -> None:
    """Writes `app.package` where it changed and `app.deviation` where it is another one.

    `pin`: of the scenario; what it leaves open, the phone's entry says. A phone that does
    not answer is noted, no more.
    """
    log = session.journal.log("adb")
    try:
        before = session.app
        signers = session.profile.signers
        found = read_app(session.device, (before.package,), signers, before=before)
    except InstrumentError as error:
        session.journal.failed(error)
        return
    statements: list[str] = []
    if found is not None and found != before:
        session.app = found
        log.write("app.package", found)
        change = replaced(before, found)
        statements += [change] if change else []
    wanted = pin.over(session.entry.pin)
    statements += deviations(wanted, session.app)
    if statements:
        fact = BuildDeviation(wanted.version, wanted.signer, tuple(statements))
        log.write("app.deviation", fact)
