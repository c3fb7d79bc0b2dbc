"""What the app keeps of itself in its preferences: counters and the account in front."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any, cast

from harness.adapters.adb.app_folder import CLOSED, AppFolder
from harness.adapters.adb.text.preferences import read_preferences
from harness.domain.facts.storage import StoredValue
from harness.domain.profile import StoredPlace

ACCOUNT = "account"
"""Name of the value that tells who is logged in: a pseudonym, "" for nobody."""


def read_stored(
    folder: AppFolder, places: Sequence[StoredPlace], tag: Callable[[str], str]
) -> list[StoredValue]:
    """One fact for each value that the profile knows a place of; hidden ones say why.

    `tag` makes the pseudonym of an account. Raises InstrumentError("adb", …).
    """
    found: list[StoredValue] = []
    for place in places:
        names = (ACCOUNT, *place.values) if place.account else tuple(place.values)
        if not folder.visible:
            found += [StoredValue(name, None, "app_file", CLOSED) for name in names]
            continue
        data = folder.read(place.file)
        if data is None:
            why = f"{place.file} is not there"
            found += [StoredValue(name, None, "app_file", why) for name in names]
            continue
        found += _values(place, read_preferences(data), tag)
    return found


def owner_ids(folder: AppFolder, places: Sequence[StoredPlace]) -> frozenset[str]:
    """How the app's files and tables name the account in front; for comparing, never kept."""
    found: set[str] = set()
    for place in places:
        data = folder.read(place.file) if place.owner_ids else None
        if data is None:
            continue
        entries = read_preferences(data)
        account = entries.get(place.account or "", "")
        document = _document(entries.get(place.key.replace("{account}", account), ""))
        for path in place.owner_ids:
            value = _at(document, path)
            if isinstance(value, str | int) and str(value):
                found.add(str(value))
    return frozenset(found)


def _values(
    place: StoredPlace, entries: dict[str, str], tag: Callable[[str], str]
) -> list[StoredValue]:
    account = entries.get(place.account or "", "")
    found: list[StoredValue] = []
    if place.account:
        found.append(StoredValue(ACCOUNT, tag(account) if account else "", "app_file"))
    document = _document(entries.get(place.key.replace("{account}", account), ""))
    for name, path in place.values.items():
        value = _look_up(document, path)
        if value is None:
            why = f"{place.file} holds nothing for it"
            found.append(StoredValue(name, None, "app_file", why))
        else:
            found.append(StoredValue(name, value, "app_file"))
    return found


def _document(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return None


def _at(document: object, path: str) -> object:
    for key in path.split("."):
        if not isinstance(document, dict):
            return None
        document = cast("dict[str, Any]", document).get(key)
    return document


def _look_up(document: object, path: str) -> int | None:
    """Only numbers: a text of the app's files may be anybody's name."""
    found = _at(document, path)
    return found if isinstance(found, int) and not isinstance(found, bool) else None
