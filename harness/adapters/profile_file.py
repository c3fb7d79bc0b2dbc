"""App profiles from YAML, strictly checked."""

import re
from pathlib import Path

from harness.adapters.places import package_file
from harness.adapters.setting_error import SettingError
from harness.adapters.storage_map_file import read_storage
from harness.adapters.strict_yaml import Value, load
from harness.adapters.yaml_section import Section
from harness.domain.profile import (
    AppProfile,
    CodeMeaning,
    Endpoint,
    EnvelopeShape,
    HostRole,
    Limits,
    Need,
    Secrets,
    StoredPlace,
    TextMeaning,
)
from harness.domain.vocabulary import Outcome, Party

ROLES = (
    "api",
    "passport",
    "telemetry",
    "cdn",
    "captcha",
    "config",
    "live",
    "im",
    "control",
    "web",
)
_MOST = 10**12
TEXT_KINDS = ("gate", "error", "state")


def _pattern(section: Section, key: str) -> str | None:
    value = section.find(key)
    if value is None:
        return None
    _check_pattern(value)
    return value.text()


def _check_pattern(value: Value) -> None:
    try:
        re.compile(value.text(), re.IGNORECASE)
    except re.error as error:
        raise value.error(f"must be a regular expression ({error})") from error


def _host(section: Section) -> HostRole:
    role = section.choice("role", lambda text: ROLES[ROLES.index(text)], ROLES)
    found = HostRole(
        pattern=section.text("pattern"),
        role=role or "api",
        region=section.text_or_none("region"),
    )
    section.done()
    return found


def _endpoint(section: Section) -> Endpoint:
    roles = section.texts("host_roles")
    for role in roles:
        if role not in ROLES:
            raise section.need("host_roles").error(
                f"must be among {', '.join(ROLES)}; {role!r} is not"
            )
    found = Endpoint(section.text("path"), section.text_or_none("method"), roles)
    section.done()
    return found


def _need(section: Section, name: str) -> Need:
    found = Need(
        name=name,
        endpoints=tuple(_endpoint(entry) for entry in section.sections("endpoints")),
        label=section.text("label"),
        app_timeout=section.number("app_timeout", 10.0),
        usual_seconds=section.number("usual_seconds", 3.0),
        expects=section.texts("expects"),
        values=section.mapping("values"),
        positive=section.texts("positive"),
        nonempty=section.texts("nonempty"),
        at_least=section.mapping("at_least"),
        same_as=section.mapping("same_as"),
        leads_to=section.text_or_none("leads_to"),
    )
    section.done()
    return found


def _envelope(section: Section) -> EnvelopeShape:
    found = EnvelopeShape(
        family=section.text("family"),
        code=section.texts("code"),
        message=section.texts("message"),
        logid=section.texts("logid"),
        server_time=section.texts("server_time"),
        success_when=section.mapping("success_when"),
        hosts=section.texts("hosts"),
        paths=section.texts("paths"),
    )
    section.done()
    return found


def _outcome(section: Section) -> Outcome | None:
    return section.choice("outcome", Outcome, [entry.value for entry in Outcome])


def _party(section: Section) -> Party | None:
    return section.choice("party", Party, [entry.value for entry in Party])


def _code(section: Section) -> CodeMeaning:
    outcome, party = _outcome(section), _party(section)
    found = CodeMeaning(
        family=section.text("family"),
        code=section.need("code").whole(-_MOST, _MOST),
        meaning=section.text("meaning"),
        text=section.text("text"),
        outcome=outcome or Outcome.FAILED,
        party=party or Party.UNKNOWN,
        source=section.text("source", ""),
    )
    section.done()
    return found


def _text(section: Section, *, check: bool) -> TextMeaning:
    """`check`: whether to compile the patterns; hundreds of them take as long as the rest."""
    kind = section.choice("kind", lambda text: TEXT_KINDS[TEXT_KINDS.index(text)], TEXT_KINDS)
    patterns: dict[str, tuple[str, ...]] = {}
    for language, value in section.need("patterns").entries().items():
        patterns[language] = value.texts()
        for item in ([value] if value.is_text else value.items()) if check else ():
            _check_pattern(item)
    found = TextMeaning(
        id=section.text("id"),
        kind=kind or "error",
        text=section.text("text"),
        patterns=patterns,
        outcome=_outcome(section),
        party=_party(section),
        hint=section.text_or_none("hint"),
    )
    section.done()
    return found


def _stored(section: Section) -> StoredPlace:
    found = StoredPlace(
        file=section.text("file"),
        key=section.text("key"),
        values=section.mapping("values"),
        account=section.text_or_none("account"),
        owner_ids=section.texts("owner_ids"),
    )
    section.done()
    return found


def _limits(section: Section | None) -> Limits:
    if section is None:
        return Limits()
    usual, tries = Limits(), section.find("log_ins_per_run")
    found = Limits(
        log_ins_per_run=usual.log_ins_per_run if tries is None else tries.whole(0, 100),
        pause_after_rate_limit=section.number(
            "pause_after_rate_limit", usual.pause_after_rate_limit
        ),
        rate_limit_meanings=section.texts("rate_limit_meanings") or usual.rate_limit_meanings,
    )
    section.done()
    return found


def _secrets(section: Section | None) -> Secrets:
    if section is None:
        return Secrets()
    found = Secrets(drop=section.texts("drop"), pseudonym=section.texts("pseudonym"))
    section.done()
    return found


def _profile(top: Section, *, shipped: bool) -> AppProfile:
    """Patterns of shipped profiles are checked by tests, not at every start."""
    storage, content = read_storage(top.section("storage"))
    found = AppProfile(
        name=top.text("name"),
        title=top.text("title"),
        packages=top.texts("packages"),
        launch_activity=top.text("launch_activity", ""),
        hosts=tuple(_host(entry) for entry in top.sections("hosts")),
        needs={name: _need(below, name) for name, below in top.named("needs").items()},
        envelopes=tuple(_envelope(entry) for entry in top.sections("envelopes")),
        codes=tuple(_code(entry) for entry in top.sections("codes")),
        texts=tuple(_text(entry, check=not shipped) for entry in top.sections("texts")),
        secrets=_secrets(top.section("secrets")),
        stored=tuple(_stored(entry) for entry in top.sections("stored")),
        content=content,
        limits=_limits(top.section("limits")),
        region_pattern=_pattern(top, "region_pattern"),
        signers=top.texts("signers"),
        version=top.text("version", "1"),
        checked=top.text("checked", ""),
        control_site=top.text_or_none("control_site"),
        locators=top.text_or_none("locators"),
        storage=storage,
    )
    top.done()
    return found


def profile_path(name_or_path: str) -> Path:
    """The file of a shipped profile, or the path itself where it looks like one."""
    if name_or_path.endswith((".yaml", ".yml")) or "/" in name_or_path:
        return Path(name_or_path)
    return package_file("profiles", f"{name_or_path}.yaml")


def known_profiles() -> list[str]:
    """Names of the shipped profiles."""
    files = package_file("profiles").glob("*.yaml")
    return sorted(path.stem for path in files if not path.stem.endswith(".locators"))


def profiles_of_apps() -> list[AppProfile]:
    """The shipped profiles that describe an app, in the order of their names."""
    found = [load_profile(name) for name in known_profiles()]
    return [profile for profile in found if profile.packages]


def load_profile(name_or_path: str) -> AppProfile:
    """The profile by name or path.

    Raises SettingError (a ValueError) with file, line and key, and the nearest
    known key where one is misspelt.
    """
    path = profile_path(name_or_path)
    if not path.exists():
        raise SettingError(
            name_or_path,
            None,
            f"no such profile; shipped are {', '.join(known_profiles())}, "
            "or give the path of a .yaml file",
        )
    return _profile(Section(load(path)), shipped=path == package_file("profiles", path.name))
