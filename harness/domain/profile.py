"""The app profile: everything the harness knows of one app, as data.

Loaded from `harness/profiles/<name>.yaml`. Nothing about any app is in code.
"""

from dataclasses import dataclass, field

from harness.domain.storage_map import StorageMap
from harness.domain.vocabulary import Outcome, Party


@dataclass(frozen=True, slots=True)
class HostRole:
    """Hosts by pattern (fnmatch, e.g. `api*-normal-*.tiktokv.com`)."""

    pattern: str
    role: str  # api, passport, telemetry, cdn, captcha, config, live, im, control, web
    region: str | None = None  # fixed region, else read by `region_pattern` of the profile


@dataclass(frozen=True, slots=True)
class Endpoint:
    """What a need of a step means on the wire."""

    path: str  # fnmatch pattern on the path
    method: str | None = None
    host_roles: tuple[str, ...] = ()  # () = any


@dataclass(frozen=True, slots=True)
class Need:
    """Something a step needs from the service, e.g. "login"."""

    name: str
    endpoints: tuple[Endpoint, ...]
    label: str  # in plain words: "the log-in service"
    app_timeout: float = 10.0  # seconds after which the app gives up by itself
    usual_seconds: float = 3.0  # slower than this is worth a note
    expects: tuple[str, ...] = ()  # JSON paths ("data.user_id") of a success
    values: dict[str, str] = field(default_factory=dict[str, str])  # name -> JSON path
    positive: tuple[str, ...] = ()
    """Values that cannot drop to 0 for this account (compared with what is cached or expected)."""
    nonempty: tuple[str, ...] = ()
    """Values that are never 0 or blank in a right answer, whoever asks."""
    at_least: dict[str, str] = field(default_factory=dict[str, str])
    """Value -> another value of the same answer: while that is above 0, this cannot be 0."""
    same_as: dict[str, str] = field(default_factory=dict[str, str])
    """Value -> "need.value" of another answer that must not be 0 while this is above 0."""
    leads_to: str | None = None
    """The need that this one only prepares: once that is served, this one's failure is past."""


@dataclass(frozen=True, slots=True)
class EnvelopeShape:
    """How to read one family of answers. JSON paths; the first that exists wins."""

    family: str
    code: tuple[str, ...]
    message: tuple[str, ...] = ()
    logid: tuple[str, ...] = ()
    server_time: tuple[str, ...] = ()
    success_when: dict[str, str] = field(default_factory=dict[str, str])  # path -> value
    hosts: tuple[str, ...] = ()  # roles; () = any
    paths: tuple[str, ...] = ()  # fnmatch; () = any


@dataclass(frozen=True, slots=True)
class CodeMeaning:
    """What an app-level code says and who is answerable for it."""

    family: str
    code: int
    meaning: str  # stable id: wrong_password, captcha, rate_limited, …
    text: str  # in plain words
    outcome: Outcome
    party: Party
    source: str = ""  # where the meaning is from


@dataclass(frozen=True, slots=True)
class TextMeaning:
    """A text of the app's screens, by language, and what it hints at.

    `patterns`: language -> case-insensitive regular expressions. `kind`:
    "gate" (blocks, `outcome`/`party` are due), "error" (the app says something
    failed), "state" (empty lists and the like, no error).
    """

    id: str
    kind: str
    text: str  # in plain words
    patterns: dict[str, tuple[str, ...]]
    outcome: Outcome | None = None
    party: Party | None = None
    hint: str | None = None  # network_error, server_error, wrong_password, rate_limited …


@dataclass(frozen=True, slots=True)
class StoredPlace:
    """Where the app keeps values of its own: a JSON text in one of its preference files."""

    file: str  # below the app's private folder
    key: str  # of the preference; "{account}" stands for who is logged in
    values: dict[str, str]  # name as in the needs -> JSON path
    account: str | None = None  # preference that names the account in front
    owner_ids: tuple[str, ...] = ()  # JSON paths: how files and tables name that account


@dataclass(frozen=True, slots=True)
class ClearingNote:
    """A row that the app writes when it clears content by itself."""

    database: str
    table: str
    column: str
    value: str
    time: str  # column with UTC milliseconds


@dataclass(frozen=True, slots=True)
class ContentKind:
    """Content that is to work without network, and where the phone keeps it.

    Paths are below the app's private folder; "{owner}" stands for the account's own part
    of one. `columns` of `table`: owner, path, size. `minimum_free`: bytes free on the
    phone below which the app refuses or clears it.
    """

    name: str  # offline_video, draft, saved_video
    label: str  # in plain words: "offline video"
    folder: str | None = None
    suffix: str = ""  # of the media files
    database: str | None = None
    table: str | None = None
    columns: dict[str, str] = field(default_factory=dict[str, str])
    cleared: ClearingNote | None = None
    minimum_free: int | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """What we never do."""

    log_ins_per_run: int = 1
    pause_after_rate_limit: float = 1800.0  # seconds
    rate_limit_meanings: tuple[str, ...] = ("rate_limited", "too_many_attempts")


@dataclass(frozen=True, slots=True)
class Secrets:
    """Names (case-insensitive, in query, form, JSON, header, cookie) by what is done to them."""

    drop: tuple[str, ...] = ()  # value removed, presence kept
    pseudonym: tuple[str, ...] = ()  # keyed tag, joins survive


@dataclass(frozen=True, slots=True)
class AppProfile:
    """One app."""

    name: str
    title: str  # "TikTok"
    packages: tuple[str, ...]
    launch_activity: str
    hosts: tuple[HostRole, ...]
    needs: dict[str, Need]
    envelopes: tuple[EnvelopeShape, ...]
    codes: tuple[CodeMeaning, ...]
    texts: tuple[TextMeaning, ...]
    secrets: Secrets
    stored: tuple[StoredPlace, ...] = ()
    content: tuple[ContentKind, ...] = ()
    limits: Limits = Limits()
    region_pattern: str | None = None  # regular expression with one group, on the host name
    signers: tuple[str, ...] = ()  # SHA-256 of genuine signing certificates
    version: str = "1"
    checked: str = ""  # date on which the facts were last looked at
    control_site: str | None = None  # URL of a harmless site unrelated to the app
    locators: str | None = None  # file with the pages' locators
    storage: StorageMap = field(default_factory=StorageMap)  # what it keeps where
