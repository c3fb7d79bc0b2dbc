"""What several phones of one run say together: the odd one out, and what failures share."""

from __future__ import annotations

from harness.domain.vocabulary import Outcome
from harness.reporting import words
from harness.reporting.run_record import RunRecord


def compared(record: RunRecord) -> tuple[str, ...]:
    """Empty for a run on one phone."""
    rows = [item.verdict for item in record.tries if item.verdict.device is not None]
    phones = list(dict.fromkeys(row.device.name for row in rows if row.device is not None))
    if len(phones) < 2:
        return ()
    lines: list[str] = []
    for incident in record.incidents:
        if incident.odd_phone is not None:
            lines.append(
                f"{incident.odd_phone} is the odd one out and was counted by itself, not"
                " against the service."
            )
        lines += [f"{told}." for told in incident.statistics]
    for scenario in dict.fromkeys(row.scenario for row in rows):
        tried = [row for row in rows if row.scenario == scenario and row.outcome in _TRIED]
        bad = [row.device.name for row in tried if row.device and row.outcome in _BAD]
        if bad and len(bad) < len(tried):
            name = words.scenario(tried[0]).capitalize()
            lines.append(f"{name} did not work on {', '.join(bad)} ({len(bad)} of {len(tried)}).")
    return tuple(lines) or ("Yes: all phones of this run saw the same.",)


_BAD = {Outcome.FAILED, Outcome.BLOCKED, Outcome.INCONCLUSIVE}
_TRIED = {*_BAD, Outcome.PASSED}
