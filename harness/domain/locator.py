"""How the elements of an app's screens are found: data with ordered fallbacks."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Locator:
    """One way to find an element; all that is set must hold.

    `texts`, `descs`, `hints`: any of these (all languages together). `id`: the part
    after `:id/`. The names of other elements of the same page scope it: `within` must
    contain it, `beside` has the same parent, `along` must be on the screen as well.
    """

    texts: tuple[str, ...] = ()
    descs: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    contains: bool = False  # texts, descs and hints need only be contained
    id: str | None = None
    class_name: str | None = None  # tail of the class, e.g. "EditText"
    flags: dict[str, bool] = field(default_factory=dict[str, bool])  # password, selected …
    within: str | None = None
    beside: str | None = None
    along: str | None = None
    position: int | None = None  # 1-based, among what matches; -1 = the last
    clickable_parent: bool = False  # means the nearest clickable ancestor (or itself)

    def __str__(self) -> str:
        parts = [
            f"{name} {values[0]!r}" + (f" (+{len(values) - 1})" if len(values) > 1 else "")
            for name, values in (("text", self.texts), ("desc", self.descs), ("hint", self.hints))
            if values
        ]
        if self.id:
            parts.append(f"id {self.id!r}")
        if self.class_name:
            parts.append(f"class {self.class_name}")
        parts += [f"{name}={str(value).lower()}" for name, value in sorted(self.flags.items())]
        for word, name in (("within", self.within), ("beside", self.beside), ("with", self.along)):
            if name:
                parts.append(f"{word} {name}")
        if self.position:
            parts.append(f"position {self.position}")
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Element:
    """An element with its locators, best first."""

    name: str
    locators: tuple[Locator, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A screen of the app. It is shown when one of `marker`'s elements is found.

    What `private` elements show (other people's names and pictures) is never written down.
    """

    name: str
    marker: tuple[str, ...]  # names of elements, any of
    elements: dict[str, Element]
    private: tuple[str, ...] = ()  # names of elements


@dataclass(frozen=True, slots=True)
class Dialog:
    """Something that comes in between and how a person answers it.

    `kind`: first_run (once after an installation), popup (at any time), permission,
    update, crash, anr, system. `dismiss` None = has no answer to be tapped; `back`: the
    Back key puts it off then. `packages` () = the
    app's own.
    """

    name: str
    kind: str
    marker: Element
    dismiss: Element | None = None
    packages: tuple[str, ...] = ()
    back: bool = False


@dataclass(frozen=True, slots=True)
class LocatorBook:
    """All pages and dialogs of an app, in the order in which they are looked for."""

    pages: dict[str, Page]
    dialogs: tuple[Dialog, ...] = ()
    checked: str = ""  # date on which the data were last compared with the app
