"""A phone as devices.yaml describes it."""

from __future__ import annotations

from dataclasses import dataclass, field

from harness.domain.app_build import BuildPin
from harness.domain.capabilities import Capabilities, PhoneNow
from harness.domain.resolve import ResolveRule


@dataclass(frozen=True, slots=True)
class AccountEntry:
    """The test account of a phone; where its secret lies, never the secret itself.

    At most one of `password_env`, `password_file` and `keyring` is set; none means
    that a phone which is launched brings its own account.
    """

    user: str | None = field(default=None, repr=False)  # reports print a phone's entry
    password_env: str | None = None  # name of an environment variable
    password_file: str | None = None  # path of a file with mode 0600
    keyring: str | None = None  # service name in the system's keyring
    known: dict[str, int] = field(default_factory=dict[str, int])
    """What its owner knows of it (follower_count: about how many): where traffic cannot be
    read, only this shows that a 0 on the screen is wrong."""


@dataclass(frozen=True, slots=True)
class AdbAddress:
    """An adb server other than the one the harness would choose."""

    host: str = "127.0.0.1"
    port: int = 5037


@dataclass(frozen=True, slots=True)
class PortChoice:
    """Host ports that are fixed for this phone; None = a free one."""

    system: int | None = None  # UiAutomator2 server
    proxy: int | None = None  # capture proxy


@dataclass(frozen=True, slots=True)
class AvdStart:
    """How an emulator is started; the usual is a boot from its own snapshot, kept as it was."""

    snapshot: str | None = None  # boots from this one; must exist
    wipe: bool = False  # a new phone each time: all its data are deleted first
    port: int | None = None  # of its console, even, 5554 to 5682; None = a free one
    boot_seconds: int = 300  # a cold boot without hardware acceleration takes minutes


CAPTURES = ("decrypt", "metadata", "none")
"""How much of the traffic is looked at: read it where the phone allows, only who talks to
whom (names, sizes, times), or nothing: the phone is not touched and no proxy is set."""


@dataclass(frozen=True, slots=True)
class DeviceEntry:
    """One phone. Reached by `serial`, or started by `launch` or as the emulator `avd`."""

    name: str
    serial: str | None = None
    launch: tuple[str, ...] = ()  # prints the JSON line of `harness phone`
    avd: str | None = None
    avd_start: AvdStart = field(default_factory=AvdStart)
    app_file: str | None = None  # build of the app: APK, XAPK, APKS, or a folder of APKs
    pin: BuildPin = field(default_factory=BuildPin)  # results of another build are flagged
    default: bool = False
    profile: str = "tiktok"  # app profile
    account: AccountEntry = field(default_factory=AccountEntry)
    may_log_out: bool = False
    may_remove_copies: bool = False  # of the app, which other users of the phone have
    may_change_trust: bool = False
    may_reboot: bool = False  # as the last means when it does not answer any more
    user_certificate: bool = False
    """A person installs our certificate into the user store at each run (--attended)."""
    capture: str = "decrypt"  # one of CAPTURES
    attach: str = "auto"  # how its traffic comes to us: auto, or one of attach_way.AttachWay
    wireguard_listen: str | None = None  # address of this host that the phone reaches
    film: bool = True  # of tries that do not pass
    quic: str = "leave"  # "block" where adb root allows it, or "record"
    destructive: bool = False  # destructive scenarios are allowed here at all
    appium_url: str | None = None  # remote server or Grid relay; None = our own
    appium_account: AccountEntry = field(default_factory=AccountEntry)  # basic authentication
    appium_ca: str | None = None  # PEM file of the authority of its certificate
    adb: AdbAddress | None = None
    ports: PortChoice = field(default_factory=PortChoice)
    language: str | None = None  # of the app's texts, e.g. "en"
    resolve: tuple[ResolveRule, ...] = ()
    upstream_ca: str | None = None
    tags: tuple[str, ...] = ()
    line: int = 0  # in `source`, for messages
    source: str = ""

    @property
    def is_emulator(self) -> bool:
        """It reaches the loopback of its host by an address of its own (10.0.2.2)."""
        return self.avd is not None or (self.serial or "").startswith("emulator-")

    @property
    def over_tcp(self) -> bool:
        """The serial is an address, or will be: our own adb server reaches it."""
        return bool(self.launch) or (self.serial is not None and ":" in self.serial)


@dataclass(frozen=True, slots=True)
class PhoneStatus:
    """A phone that is known (in devices.yaml) or attached, as `harness devices` shows it."""

    name: str
    serial: str | None
    known: bool
    state: str  # device, offline, unauthorized, recovery, absent, "not started"
    model: str | None = None
    api: int | None = None
    simulated: bool | None = None
    rootable: bool | None = None
    can: tuple[str, ...] = ()  # what can be seen and done
    cannot: tuple[str, ...] = ()  # what not, each with its reason
    capabilities: Capabilities | None = None
    now: PhoneNow | None = None
