"""What adb says of the phone and of the app on it."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class DeviceIdentity:
    """Read once per boot. `simulated` is reported by the phone; nothing judges by it."""

    serial: str
    model: str
    manufacturer: str
    api: int
    release: str
    build_type: str  # user, userdebug, eng
    fingerprint: str
    simulated: bool
    locale: str = ""
    timezone: str = ""
    rootable: bool = False
    carrier: str = ""  # of the mobile network, as the phone shows it; "" = none


@dataclass(frozen=True, slots=True)
class DeviceConditions:
    """The phone's state at one moment; None = could not be read."""

    airplane: bool | None = None
    wifi: bool | None = None
    mobile_data: bool | None = None
    network: bool | None = None  # a default network exists
    validated: bool | None = None  # Android reached the internet through it
    captive_portal: bool | None = None
    vpn: bool | None = None
    private_dns: str | None = None  # off, opportunistic, hostname
    http_proxy: str | None = None
    proxy_expected: str | None = None  # what we set; None = capture not attached
    clock_offset: float | None = None  # seconds, phone minus host
    clock_uncertainty: float | None = None  # seconds
    free_bytes: int | None = None  # /data
    total_bytes: int | None = None
    battery: int | None = None  # percent
    screen_on: bool | None = None
    locked: bool | None = None
    memory_low: bool | None = None
    uptime: float | None = None  # seconds since the phone started
    vpn_ours: bool = False  # the VPN is the tunnel of our own capture
    cut_by_us: bool = False  # we took the network away ourselves: that it is off tells nothing


@dataclass(frozen=True, slots=True)
class AppPackage:
    """The app as installed."""

    package: str
    version_name: str
    version_code: int
    signer_sha256: str | None
    genuine: bool | None  # signer equals the profile's; None = could not be read
    installer: str | None = None
    first_install: str | None = None
    last_update: str | None = None


@dataclass(frozen=True, slots=True)
class AppCrash:
    """An uncaught exception or a native crash, from logcat or exit-info."""

    process: str
    exception: str
    message: str = ""
    frames: tuple[str, ...] = ()
    native: bool = False
    phone_time: str | None = None


@dataclass(frozen=True, slots=True)
class AppNotResponding:
    """An ANR."""

    process: str
    reason: str = ""
    phone_time: str | None = None


@dataclass(frozen=True, slots=True)
class AppDeath:
    """The app's process ended. `reason`: crash, anr, low_memory, user, signal, other …"""

    process: str
    reason: str
    detail: str = ""
    phone_time: str | None = None


@dataclass(frozen=True, slots=True)
class LogEntry:
    """A logcat line that bears on the question (TLS, DNS, storage errors of the app)."""

    tag: str
    priority: str
    text: str
    topic: str  # tls_refused, dns, no_network, no_space, other
    phone_time: str | None = None
    extra: dict[str, str] = field(default_factory=dict[str, str])
