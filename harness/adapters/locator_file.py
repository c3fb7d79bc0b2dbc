"""<profile>.locators.yaml → LocatorBook; errors name file, line and key.

An obfuscated id (two or three characters, another one in each release) is refused where
it stands alone: the reference counted 15 unrelated screens for such a locator.
"""

from __future__ import annotations

import re
from pathlib import Path

from harness.adapters.places import package_file
from harness.adapters.strict_yaml import Value, load, unknown
from harness.domain.locator import Dialog, Element, Locator, LocatorBook, Page

KINDS = ("first_run", "popup", "permission", "update", "crash", "anr", "system")

_FLAGS = ("password", "selected", "checked", "enabled", "clickable", "scrollable", "focused")
_WORDS = ("text", "desc", "hint")
_SCOPES = {"within": "within", "beside": "beside", "with": "along"}
_KEYS = (*_WORDS, *_FLAGS, *_SCOPES, "contains", "id", "class", "position", "clickable_parent")
_OBFUSCATED = re.compile(r"[a-z][a-z0-9_]{1,2}")


def load_locators(name_or_path: str | Path) -> LocatorBook:
    """Reads `harness/profiles/<name>.locators.yaml` or the file at a path.

    Raises SettingError.
    """
    path = Path(name_or_path)
    if path.suffix not in (".yaml", ".yml"):
        path = package_file("profiles", f"{name_or_path}.locators.yaml")
    elif not path.exists():
        path = package_file("profiles", path.name)
    return _book(load(path))


def _book(root: Value) -> LocatorBook:
    values = root.entries(("checked", "pages", "dialogs"))
    if "pages" not in values:
        raise root.error("needs the key 'pages'")
    pages = {name: _page(name, value) for name, value in values["pages"].entries().items()}
    dialogs = values["dialogs"].entries() if "dialogs" in values else {}
    return LocatorBook(
        pages=pages,
        dialogs=tuple(_dialog(name, value) for name, value in dialogs.items()),
        checked=values["checked"].text() if "checked" in values else "",
    )


def _page(name: str, value: Value) -> Page:
    values = value.entries(("marker", "private", "elements"))
    for key in ("marker", "elements"):
        if key not in values:
            raise value.error(f"needs the key {key!r}")
    elements = {key: _element(key, item) for key, item in values["elements"].entries().items()}
    named = {key: values[key].texts() for key in ("marker", "private") if key in values}
    for key, words in named.items():
        for word in words:
            if word not in elements:
                raise values[key].error(unknown(word, elements, "elements"))
    for key, item in values["elements"].entries().items():
        for locator in elements[key].locators:
            for scope in (locator.within, locator.beside, locator.along):
                if scope is not None and scope not in elements:
                    raise item.error(unknown(scope, elements, "elements"))
    return Page(name, named["marker"], elements, named.get("private", ()))


def _dialog(name: str, value: Value) -> Dialog:
    values = value.entries(("kind", "packages", "marker", "dismiss", "back"))
    for key in ("kind", "marker"):
        if key not in values:
            raise value.error(f"needs the key {key!r}")
    kind = values["kind"].text()
    if kind not in KINDS:
        raise values["kind"].error(f"has {unknown(kind, KINDS, 'kind')}")
    return Dialog(
        name=name,
        kind=kind,
        marker=_element("marker", values["marker"]),
        dismiss=_element("dismiss", values["dismiss"]) if "dismiss" in values else None,
        packages=values["packages"].texts() if "packages" in values else (),
        back=values["back"].flag() if "back" in values else False,
    )


def _element(name: str, value: Value) -> Element:
    locators = tuple(_locator(item) for item in value.items())
    if not locators:
        raise value.error("has no locator")
    return Element(name, locators)


def _locator(value: Value) -> Locator:
    values = value.entries(_KEYS)
    locator = Locator(
        texts=_words(values.get("text")),
        descs=_words(values.get("desc")),
        hints=_words(values.get("hint")),
        contains="contains" in values and values["contains"].flag(),
        id=values["id"].text() if "id" in values else None,
        class_name=values["class"].text() if "class" in values else None,
        flags={key: values[key].flag() for key in _FLAGS if key in values},
        position=values["position"].whole(-1, 999) if "position" in values else None,
        clickable_parent="clickable_parent" in values and values["clickable_parent"].flag(),
        **{field: values[key].text() for key, field in _SCOPES.items() if key in values},
    )
    if locator.position == 0:
        raise values["position"].error("counts from 1; -1 is the last")
    _refuse_weak(value, locator)
    return locator


def _refuse_weak(value: Value, locator: Locator) -> None:
    words = locator.texts or locator.descs or locator.hints
    if words:
        return
    if locator.id is not None and not _OBFUSCATED.fullmatch(locator.id):
        return
    if locator.id is not None:
        raise value.error(f"has only the obfuscated id {locator.id!r}; add a text or a desc")
    scoped = locator.within or locator.beside or locator.along
    if not (scoped or locator.flags.get("password")):
        raise value.error("has structure only; scope it with 'within', 'beside' or 'with'")


def _words(value: Value | None) -> tuple[str, ...]:
    """A text, a list of texts, or texts by language; all languages together."""
    if value is None:
        return ()
    if value.is_text or value.is_list:
        return value.texts()
    found = [text for item in value.entries().values() for text in item.texts()]
    return tuple(dict.fromkeys(found))
