"""Facts about the capture itself: is the proxy alive, quick, and seeing everything."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ProxyStarted:
    """The proxy listens. `options` are those that change what the app sees."""

    pid: int
    port: int
    mitmproxy: str  # version
    ca_sha256: str
    options: dict[str, str] = field(default_factory=dict[str, str])
    profile: str | None = None


@dataclass(frozen=True, slots=True)
class ProxyStopped:
    """The proxy closed the capture properly. What ends after this is our own doing."""

    reason: str  # "signal" or "shutdown"
    exchanges: int
    connections: int


@dataclass(frozen=True, slots=True)
class ProxyHeartbeat:
    """Sent every few seconds, and at once when the proxy's loop was late."""

    lag: float  # seconds by which the last beat came late


@dataclass(frozen=True, slots=True)
class ProxyLog:
    """A log line of mitmproxy that no hook repeats; `client` joins it to a connection."""

    level: str
    text: str
    client: str | None = None


@dataclass(frozen=True, slots=True)
class CaptureGap:
    """An interval (monotonic seconds) of which nothing may be blamed on what the app lacked."""

    begun: float
    ended: float | None
    reason: str
    broken: str = "proxy"
    """What was down: "proxy", or "way", the phone's own to a proxy that ran."""


@dataclass(frozen=True, slots=True)
class CaptureVisibility:
    """What was shown of our view, by a request of ours from the phone or later by the app's.

    `canary`: "reached" (the phone's traffic comes to the proxy; whether our certificate is
    trusted is not known yet), "decrypted" (it is: a request was read that came encrypted),
    "refused" (the phone does not trust our certificate), "not_seen" (the phone's traffic
    does not reach the proxy) or "not_made".
    """

    canary: str
    trust: str  # "system", "user" or "none"
    detail: str = ""
    quic: str = "left"
    """What is past the proxy: "left", "blocked" (so that apps use TCP) or "recorded"."""
    policy: str = "decrypt"
    """What the phone's entry asks for (domain/device.py, CAPTURES)."""
    way: str = "reverse"
    """How the traffic comes to us (domain/attach_way.py, AttachWay)."""
    because: str = ""
    """Why this way."""


@dataclass(frozen=True, slots=True)
class QuicAttempt:
    """The app had a UDP socket to port 443 of `remote`: what was said there passed us by."""

    remote: str  # IP address
