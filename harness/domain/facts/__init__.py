"""The facts of each kind of observation, and which kind carries which record."""

from harness.domain.facts.build import BuildDeviation, BuildInstalled
from harness.domain.facts.capture import (
    CaptureGap,
    CaptureVisibility,
    ProxyHeartbeat,
    ProxyLog,
    ProxyStarted,
    ProxyStopped,
    QuicAttempt,
)
from harness.domain.facts.control import ControlMade, InstrumentFailure
from harness.domain.facts.device import (
    AppCrash,
    AppDeath,
    AppNotResponding,
    AppPackage,
    DeviceConditions,
    DeviceIdentity,
    LogEntry,
)
from harness.domain.facts.recovery import RecoveryTried
from harness.domain.facts.removal import (
    LossesFound,
    RemovalMade,
    RemovalMended,
    RemovalPrepared,
)
from harness.domain.facts.scenario import ScenarioBegun, ScenarioEnded, StepBegun, StepEnded
from harness.domain.facts.screen import (
    LocatorMatch,
    LocatorMissing,
    Screen,
    ScreenFilm,
    ScreenValue,
)
from harness.domain.facts.storage import ContentLook, ContentOpened, StoredValue
from harness.domain.facts.traffic import Connection, Exchange

Facts = (
    ProxyStarted
    | ProxyStopped
    | ProxyHeartbeat
    | ProxyLog
    | CaptureGap
    | CaptureVisibility
    | QuicAttempt
    | Connection
    | Exchange
    | DeviceIdentity
    | DeviceConditions
    | AppPackage
    | BuildInstalled
    | BuildDeviation
    | AppCrash
    | AppNotResponding
    | AppDeath
    | LogEntry
    | Screen
    | ScreenFilm
    | ScreenValue
    | StoredValue
    | ContentLook
    | ContentOpened
    | LocatorMatch
    | LocatorMissing
    | ScenarioBegun
    | ScenarioEnded
    | StepBegun
    | StepEnded
    | ControlMade
    | InstrumentFailure
    | RecoveryTried
    | RemovalPrepared
    | RemovalMade
    | RemovalMended
    | LossesFound
)

FACTS: dict[str, type[Facts]] = {
    "proxy.started": ProxyStarted,
    "proxy.stopped": ProxyStopped,
    "proxy.heartbeat": ProxyHeartbeat,
    "proxy.log": ProxyLog,
    "capture.gap": CaptureGap,
    "capture.visibility": CaptureVisibility,
    "quic.attempt": QuicAttempt,
    "connection": Connection,
    "connection.pending": Connection,
    "exchange": Exchange,
    "exchange.pending": Exchange,
    "device.identity": DeviceIdentity,
    "device.conditions": DeviceConditions,
    "app.package": AppPackage,
    "app.installed": BuildInstalled,
    "app.deviation": BuildDeviation,
    "app.crash": AppCrash,
    "app.anr": AppNotResponding,
    "app.death": AppDeath,
    "device.log": LogEntry,
    "ui.screen": Screen,
    "ui.film": ScreenFilm,
    "ui.value": ScreenValue,
    "storage.value": StoredValue,
    "content.look": ContentLook,
    "content.opened": ContentOpened,
    "ui.locator": LocatorMatch,
    "ui.missing": LocatorMissing,
    "scenario.begun": ScenarioBegun,
    "scenario.ended": ScenarioEnded,
    "step.begun": StepBegun,
    "step.ended": StepEnded,
    "control": ControlMade,
    "instrument.failed": InstrumentFailure,
    "recovery": RecoveryTried,
    "removal.prepared": RemovalPrepared,
    "removal.made": RemovalMade,
    "removal.mended": RemovalMended,
    "removal.losses": LossesFound,
}
