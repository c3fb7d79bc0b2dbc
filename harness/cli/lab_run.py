"""`harness run --scheduler tls://…`: the same run, on the phones of a lab."""

import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from harness.cli.failure import UNSUITABLE, UserError
from harness.session.jobs.job import ScenarioChoice
from harness.session.run_scenarios import RunResult


def run_on_lab(
    scheduler: str,
    choice: ScenarioChoice,
    *,
    scenarios: Sequence[str],
    names: Sequence[str],
    where: Sequence[str],
    certs: Path | None,
) -> RunResult:
    """Raises UserError: 2 for what cannot be read, 18 where no phone of the lab fits."""
    from harness.adapters.places import clone_root
    from harness.lab.offer import parse_where
    from harness.lab.run_in_lab import LabRequest, NoSuchPhoneError, run_in_lab
    from harness.lab.security import member_folder
    from harness.session.accuracy.trial import scenarios_in

    losing = {one.name for one in scenarios_in(clone_root() / "scenarios") if one.destructive}
    consent = choice.allow_destructive and bool(names)
    try:
        request = LabRequest(
            scheduler,
            member_folder(certs),
            tuple(scenarios),
            words_of(choice, consent=consent),
            names=tuple(names),
            where=parse_where(where),
            destructive=consent and bool(losing & set(scenarios)),
            incident=choice.incident,
            out=choice.out,
        )
    except ValueError as error:
        raise UserError(str(error)) from error
    if choice.allow_destructive and not consent:
        _say("nothing is destroyed: phones must be named by --device for that")
    try:
        return run_in_lab(request, _say)
    except NoSuchPhoneError as error:
        raise UserError(str(error), UNSUITABLE) from error


def words_of(choice: ScenarioChoice, *, consent: bool) -> tuple[str, ...]:
    """The options of `harness run` that go to each host."""
    words = [word for name in choice.scenarios for word in ("--scenario", name)]
    words += [word for text in choice.faults for word in ("--fault", text)]
    for option, value in (("--incident", choice.incident), ("--profile", choice.profile)):
        words += [option, value] if value is not None else []
    words += ["--allow-destructive"] if consent else []
    words += [] if choice.interception else ["--no-interception"]
    return (*words, "--arm", str(choice.arm))


def _say(line: str) -> None:
    from harness.reporting.foreign_text import harmless

    print(f"{datetime.now().astimezone():%H:%M:%S} {harmless(line)}", file=sys.stderr, flush=True)
