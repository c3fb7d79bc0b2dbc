"""Controls that were made or not made, and instruments that failed."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ControlMade:
    """One control.

    `name`: host_probe (the same host reached from our machine past the proxy),
    control_site (a site that has nothing to do with the app), canary (a request
    of the phone through the proxy), second_resolver (another one than this
    machine's knows the name), other_name (the host's address answers a handshake
    that does not name the host), second_phone (the same scenario on another phone
    of this run), pass_through (the app reaches the host with our hands off),
    capture_off (the same step works without our capture, and only without it),
    baseline (the same call was
    answered at earlier runs). `result`: ok, failed, not_made. For host_probe `stages` holds dns,
    tcp, tls, http each "ok", "failed: <why>" or "not_reached"; `target` is
    HOST:PORT. `seconds` is how long it took; `usual` of a baseline is the longest
    that the same call took to be answered before.
    """

    name: str
    result: str
    statement: str
    target: str | None = None
    stages: dict[str, str] = field(default_factory=dict[str, str])
    seconds: float | None = None
    certificate_issuer: str | None = None
    http_status: int | None = None
    usual: float | None = None


@dataclass(frozen=True, slots=True)
class InstrumentFailure:
    """Our own machinery failed: adb, appium, proxy, disk, tools, script, log (the phone's).

    `cause`: a code of what is known of it (adapters.appium.errors.CAUSES and
    adapters.adb.link), "" when nothing is.
    """

    instrument: str
    action: str
    detail: str
    recovered: bool = False
    cause: str = ""
