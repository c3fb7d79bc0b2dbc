"""The exit code of a run, from its verdicts. Pure."""

from collections.abc import Iterable

from harness.domain.verdict import Verdict
from harness.domain.vocabulary import Outcome, Party

OK = 0
PRODUCT_FAILED = 1
USAGE = 2
NOTHING_RAN = 3
HARNESS_ERROR = 10
INCONCLUSIVE = 15
BLOCKED = 16
SURROUNDINGS_FAILED = 17
NOT_ATTACHED = 18
INTERRUPTED = 19
INFRASTRUCTURE = 20

_PRODUCT = {Party.SERVER, Party.CLIENT}
_SURROUNDINGS = {Party.NETWORK, Party.DEVICE, Party.ACCOUNT}


def exit_code(
    verdicts: Iterable[Verdict],
    *,
    usage_error: bool = False,
    not_attached: bool = False,
    interrupted: bool = False,
    harness_error: bool = False,
    infrastructure: bool = False,
) -> int:
    """The contract's order: 2, 18, 19 and 3 stand alone; else the first of
    1, 10, 20, 17, 16, 15, 0 that applies.

    `harness_error`: a bug of ours; `infrastructure`: adb, Appium, the proxy or the
    disk gave up for good. 3 is for no verdict at all, or none but "not run".
    """
    if usage_error:
        return USAGE
    if not_attached:
        return NOT_ATTACHED
    if interrupted:
        return INTERRUPTED
    judged = [verdict for verdict in verdicts if verdict.outcome is not Outcome.NOT_RUN]
    if not judged and not harness_error and not infrastructure:
        return NOTHING_RAN
    failed = {verdict.party for verdict in judged if verdict.outcome is Outcome.FAILED}
    outcomes = {verdict.outcome for verdict in judged}
    ladder = (
        (bool(failed & _PRODUCT), PRODUCT_FAILED),
        (harness_error, HARNESS_ERROR),
        (infrastructure, INFRASTRUCTURE),
        (bool(failed & _SURROUNDINGS), SURROUNDINGS_FAILED),
        (Outcome.BLOCKED in outcomes, BLOCKED),
        (bool(failed) or Outcome.INCONCLUSIVE in outcomes, INCONCLUSIVE),
    )
    return next((code for applies, code in ladder if applies), OK)
