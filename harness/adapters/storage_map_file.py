"""The part `storage:` of an app profile, strictly checked."""

from harness.adapters.offline_storage import OfflineStorage
from harness.adapters.yaml_section import Section
from harness.domain.profile import ContentKind
from harness.domain.storage import Area
from harness.domain.storage_map import (
    ContentClass,
    RowSource,
    ShelfLife,
    StorageMap,
    StoragePattern,
)

TOLD = ("each", "together", "whole")
ON_SERVER = ("yes", "no", "unknown")
_MOST_BYTES = 2**63 - 1
CONFIDENCES = ("documented", "reported", "unverified")


def read_storage(section: Section | None) -> tuple[StorageMap, tuple[ContentKind, ...]]:
    """The map, and what of it is to work without network; both empty where the profile has
    none. Raises SettingError."""
    if section is None:
        return StorageMap(), ()
    offline = OfflineStorage()
    classes = _classes(section.named("classes"), offline)
    known = [entry.name for entry in classes]
    found = StorageMap(
        classes=classes,
        files=tuple(_pattern(entry, known) for entry in section.sections("files")),
        rows=tuple(_row_source(entry, known, offline) for entry in section.sections("rows")),
        keys=section.texts("keys"),
        lives=tuple(_life(entry, known) for entry in section.sections("lives")),
    )
    section.done()
    return found, offline.kinds(found)


def _classes(named: dict[str, Section], offline: OfflineStorage) -> tuple[ContentClass, ...]:
    found: list[ContentClass] = []
    for name, section in named.items():
        offline.read_place(section, name)
        found.append(_class(section, name))
    return tuple(found)


def _class(section: Section, name: str) -> ContentClass:
    one = section.text("one")
    found = ContentClass(
        name=name,
        one=one,
        many=section.text("many", one),
        on_server=_word(section, "on_server", ON_SERVER, "unknown"),
        told=_word(section, "told", TOLD, "together"),
        missed=_flag(section, "missed", default=True),
        returns=section.text("returns"),
    )
    section.done()
    return found


def _pattern(section: Section, known: list[str]) -> StoragePattern:
    areas = section.texts("areas")
    names = [area.value for area in Area]
    for area in areas:
        if area not in names:
            raise section.need("areas").error(f"must be among {', '.join(names)}; {area!r} is not")
    path = section.text("path")
    if path.startswith("/"):
        raise section.need("path").error(
            "must be relative to the app's folder, or to the top of the volume"
        )
    found = StoragePattern(
        content=_content(section, known),
        areas=tuple(Area(area) for area in areas),
        path=path,
        owned=_flag(section, "owned", default=False),
        holds=section.texts("holds"),
        source=section.text("source"),
        confidence=_word(section, "confidence", CONFIDENCES, "unverified"),
    )
    section.done()
    return found


def _row_source(section: Section, known: list[str], offline: OfflineStorage) -> RowSource:
    found = RowSource(
        content=_content(section, known),
        path=section.text("path"),
        table=section.text("table"),
        item=section.text_or_none("item"),
        stamp=section.text_or_none("stamp"),
        source=section.text("source"),
        confidence=_word(section, "confidence", CONFIDENCES, "unverified"),
    )
    offline.read_columns(section, found)
    section.done()
    return found


def _life(section: Section, known: list[str]) -> ShelfLife:
    least = section.find("least_free")
    found = ShelfLife(
        content=_content(section, known),
        seconds=section.number("seconds"),
        after_visit=_optional_number(section, "after_visit"),
        visit_within=_optional_number(section, "visit_within"),
        least_free=None if least is None else least.whole(0, _MOST_BYTES),
        source=section.text("source"),
    )
    section.done()
    return found


def _content(section: Section, known: list[str]) -> str:
    name = section.text("class")
    if name not in known:
        raise section.need("class").error(
            f"must be one of the classes ({', '.join(known)}); it is {name!r}"
        )
    return name


def _word(section: Section, key: str, known: tuple[str, ...], default: str) -> str:
    return section.choice(key, lambda text: known[known.index(text)], known) or default


def _optional_number(section: Section, key: str) -> float | None:
    return None if section.find(key) is None else section.number(key)


def _flag(section: Section, key: str, *, default: bool) -> bool:
    found = section.find(key)
    return default if found is None else found.flag()
