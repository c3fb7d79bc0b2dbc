"""What the scenario did and how it ended, as the person at the phone would tell it."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ScenarioBegun:
    """A try of a scenario starts."""

    title: str
    start_state: str | None  # logged_in, logged_out, installed
    try_number: int = 1
    account: str | None = None  # pseudonym


@dataclass(frozen=True, slots=True)
class ScenarioEnded:
    """`result`: passed, failed (a claim about the product), broken (an instrument or
    the script), blocked, not_run. `reason` is a short code: captcha, no_log_in_left …"""

    result: str
    failed_step: str | None = None
    message: str = ""
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class StepBegun:
    """`needs` names what the step asks of the service; the profile says what that means."""

    title: str
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StepEnded:
    """`error_kind`: assertion, instrument, locator, blocked, other; None = went well."""

    title: str
    ok: bool
    begun: float  # monotonic seconds
    error_kind: str | None = None
    message: str = ""
    screenshot: str | None = None  # path within the run folder
    source: str | None = None
    parameters: dict[str, str] = field(default_factory=dict[str, str])
