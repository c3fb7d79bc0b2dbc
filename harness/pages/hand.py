"""Finds, taps, types and reads by locators; answers dialogs; stops at gates."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace

from harness.domain.facts.screen import LocatorMatch, LocatorMissing, Screen, ScreenValue
from harness.domain.locator import LocatorBook
from harness.domain.profile import AppProfile, TextMeaning
from harness.domain.secret import Secret
from harness.pages.ui import Ui
from harness.ports import InstrumentError, ObservationLog
from harness.screens.cover import cover_of
from harness.screens.errors import (
    BlockedError,
    ElementGoneError,
    ElementMissingError,
    SourceError,
)
from harness.screens.matching import Match, dismissal, match_dialog, match_element
from harness.screens.numbers import count_after_label, read_count
from harness.screens.reading import read_screen
from harness.screens.source import PageSource

PATIENCE = 10.0
"""Seconds for an element that should be there; what waits for the service takes longer."""

ATTENDED_PATIENCE = 300.0
"""Seconds for a person at the phone to answer a gate."""

_POLL = 0.25  # seconds between two looks
_FIRST_POLLS = (0.05, 0.1, 0.15)
"""The first pauses of a wait: most of what an app shows is there at once or soon after."""

_SWALLOWED = 3.0  # seconds; a dialog answered so soon after a tap may have taken it
_MAX_DISMISSALS = 3  # a dialog that comes back more often does not take our answer


@dataclass(frozen=True, slots=True)
class Look:
    """One look at the screen."""

    screen: Screen
    source: PageSource


@dataclass(frozen=True, slots=True)
class Tap:
    """The last tap. `once`: not to be repeated. `met`: a dialog that came right after it."""

    page: str
    element: str
    at: float  # monotonic seconds
    once: bool
    met: str = ""


@dataclass(frozen=True, slots=True)
class Sight:
    """What the hand knows of the app it looks at."""

    book: LocatorBook
    profile: AppProfile
    packages: Sequence[str]  # the app's own; the installed one first
    language: str = ""  # code of the phone's, "id"; "" = not known


class Hand:
    """One phone's hand."""

    def __init__(
        self,
        ui: Ui,
        sight: Sight,
        log: ObservationLog,
        *,
        clean: Callable[[str], str] = str,
        attended: bool = False,
        unseen: Callable[[], AbstractContextManager[None]] = nullcontext,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.ui = ui
        self.sight = sight
        self._log = log
        self._clean = clean
        self._attended = attended
        self._unseen = unseen
        self._monotonic = monotonic
        self._sleep = sleep
        self._dismissed = Counter[str]()  # by name of the dialog
        self._tapped: Tap | None = None
        self._drifted: set[tuple[str, str]] = set()

    def look(self, *, with_focus: bool = False) -> Look:
        """What is on the screen now. Garbage from the phone is an InstrumentError."""
        try:
            source = PageSource(self.ui.source())
        except SourceError as error:
            raise InstrumentError("appium", "read the screen", str(error)) from error
        sight = self.sight
        focus = self.ui.focus() if with_focus else None
        screen = read_screen(
            source,
            sight.book,
            sight.profile.texts,
            sight.packages,
            focus=focus,
            clean=self._clean,
        )
        return Look(screen, source)

    def find(self, page: str, element: str, *, timeout: float = PATIENCE) -> Match:
        """Waits for an element. Raises ElementMissingError, BlockedError or AssertionError."""
        return self._find(page, element, timeout, reachable=False)[0]

    def tap(
        self,
        page: str,
        element: str,
        *,
        ordinal: int = 0,
        timeout: float = PATIENCE,
        once: bool = False,
    ) -> None:
        """Taps an element, of several the `ordinal`-th (from 1); one that moved away in
        between is looked for once more.

        What something unknown lies over is not tapped: the tap would answer that. A tap
        that a dialog may have taken is repeated, unless it may happen only `once`.
        """

        def act(match: Match) -> None:
            self.ui.tap(f"({match.xpath})[{ordinal}]" if ordinal else match.xpath)

        self._twice(page, element, timeout, act)
        # One of several is no sure thing to tap again: the list may have changed.
        self._tapped = Tap(page, element, self._monotonic(), once or bool(ordinal))

    def type(self, page: str, element: str, text: str | Secret) -> None:
        """Types into a field; a secret while nobody looks."""
        with self._unseen() if isinstance(text, Secret) else nullcontext():
            self._type(page, element, text)

    def _type(self, page: str, element: str, text: str | Secret) -> None:
        self._twice(page, element, PATIENCE, lambda match: self.ui.type(match.xpath, text))

    def shown(self, page: str, element: str) -> bool:
        """The element is on the screen now."""
        return self._match(self.look(), page, element) is not None

    def read(self, page: str, names: Mapping[str, str]) -> list[ScreenValue]:
        """Texts or counters as the screen's values, name by element; a number may stand after
        a word. From one look where all of them are shown together."""
        found: list[ScreenValue] = []
        look: Look | None = None
        for element, name in names.items():
            match = None if look is None else self._match(look, page, element)
            if look is None or match is None:
                match, look = self._find(page, element, PATIENCE, reachable=False)
            self._note_drift(page, element, match)
            found.append(self._value(look, match, name))
        return found

    def _match(self, look: Look, page: str, element: str) -> Match | None:
        return match_element(look.source, self.sight.book.pages[page], element, self.sight.packages)

    def _value(self, look: Look, match: Match, name: str) -> ScreenValue:
        text = look.source.attribute(match.xpath, "text") or ""
        language = self.sight.language
        count = read_count(text, language) or count_after_label(text, language)
        value: int | str | None = count[0] if count else (text if not text[:1].isdigit() else None)
        return ScreenValue(name, self._clean(text), value, approximate=bool(count and count[1]))

    def count(self, page: str, element: str) -> int:
        """How many of an element are on the screen now; by its first locator that finds any."""
        look = self.look()
        match = self._match(look, page, element)
        return 0 if match is None else look.source.count(match.xpath)

    def wait_for(
        self,
        pages: Iterable[str],
        *,
        messages: bool = False,
        ignore: frozenset[str] = frozenset(),
        timeout: float = PATIENCE,
    ) -> Look | None:
        """Waits for one of the pages or, with `messages`, for an error message of the app.

        `ignore`: ids of messages that stood there before. None when nothing came. Raises
        ElementMissingError when the app shows a page instead that our data do not know.
        """
        wanted = frozenset(pages)
        found = self.wait_until(
            lambda look: (
                look.screen.page in wanted or (messages and bool(self.errors(look, ignore)))
            ),
            timeout=timeout,
        )
        if found is None:
            look = self.look()
            self._refuse_covered(look, timeout)
            self._refuse_unknown(look, wanted, timeout)
        return found

    def wait_until(self, told: Callable[[Look], bool], *, timeout: float = PATIENCE) -> Look | None:
        """Looks until `told` is content with what is seen; None when it never was."""
        deadline, pauses = self._monotonic() + timeout, iter(_FIRST_POLLS)
        while True:
            look = self.clear_view()
            if told(look):
                return look
            if self._monotonic() >= deadline:
                return None
            self._sleep(next(pauses, _POLL))

    def errors(self, look: Look, ignore: frozenset[str] = frozenset()) -> list[str]:
        """Texts of the error messages of the app that are shown."""
        kinds = {meaning.id: meaning.kind for meaning in self.sight.profile.texts}
        return [
            message.text
            for message in look.screen.messages
            if kinds[message.id] == "error" and message.id not in ignore
        ]

    def notices(self, look: Look) -> list[str]:
        """Texts that stand in the place of content: errors, and states that name a party."""
        meanings = {meaning.id: meaning for meaning in self.sight.profile.texts}
        return [
            message.text
            for message in look.screen.messages
            if meanings[message.id].kind == "error" or meanings[message.id].party is not None
        ]

    def clear_view(self) -> Look:
        """A look after dialogs are answered. Raises BlockedError at a gate and
        AssertionError where the system says that the app crashed or does not respond."""
        while True:
            look = self.look()
            dialog = match_dialog(look.source, self.sight.book.dialogs, self.sight.packages)
            if dialog is not None and dialog.kind in ("crash", "anr"):
                self._log.write("ui.screen", look.screen)
                title = self.sight.profile.title
                verb = "crashed" if dialog.kind == "crash" else "does not respond"
                raise AssertionError(f"{title} {verb}: the system's dialog says so")
            self._check_gates(look)
            if dialog is None and self._tapped_again(look):
                continue
            if dialog is None or self._dismissed[dialog.name] >= _MAX_DISMISSALS:
                return look
            answer = dismissal(look.source, dialog, self.sight.packages)
            if answer is None and not dialog.back:
                return look
            self._dismissed[dialog.name] += 1
            try:
                self.ui.back() if answer is None else self.ui.tap(answer.xpath)
            except ElementGoneError:
                continue  # it went away by itself
            if self._tapped and self._monotonic() - self._tapped.at < _SWALLOWED:
                self._tapped = replace(self._tapped, met=dialog.name)
            self._sleep(_POLL)

    def _check_gates(self, look: Look) -> None:
        meanings = {meaning.id: meaning for meaning in self.sight.profile.texts}
        gates = [
            meanings[message.id]
            for message in look.screen.messages
            if meanings[message.id].kind == "gate"
        ]
        if not gates:
            return
        self._log.write("ui.screen", look.screen)
        gate = gates[0]
        if not self._attended:
            raise BlockedError(gate.id, gate.text)
        with self._unseen():  # what a person types at a gate is a code or a password
            self._await_person(gate)

    def _await_person(self, gate: TextMeaning) -> None:
        deadline = self._monotonic() + ATTENDED_PATIENCE
        while self._monotonic() < deadline:
            self._sleep(1.0)
            if not any(message.id == gate.id for message in self.look().screen.messages):
                return
        raise BlockedError(gate.id, f"{gate.text}, and nobody answered it")

    def _find(
        self, page: str, element: str, timeout: float, *, reachable: bool
    ) -> tuple[Match, Look]:
        begun, pauses = self._monotonic(), iter(_FIRST_POLLS)
        while True:
            look = self.clear_view()
            match = self._match(look, page, element)
            cover = cover_of(look.source, match.xpath) if match and reachable else None
            if match is not None and cover is None:
                self._note_drift(page, element, match)
                return match, look
            waited = self._monotonic() - begun
            if waited >= timeout:
                if match is None:
                    self._refuse_covered(look, waited)
                locators = self.sight.book.pages[page].elements[element].locators
                tried = tuple(str(locator) for locator in locators)
                missing = LocatorMissing(page, element, tried, waited)
                raise self._missing(missing, look.screen, cover or "")
            self._sleep(next(pauses, _POLL))

    def _tapped_again(self, look: Look) -> bool:
        """Repeats a tap that a dialog came after, where what was tapped is there still."""
        tap = self._tapped
        if tap is None or not tap.met or tap.once:
            return False
        self._tapped = replace(tap, met="")
        match = self._tapped_match(look)
        if match is None or cover_of(look.source, match.xpath):
            return False
        try:
            self.ui.tap(match.xpath)
        except ElementGoneError:
            return False
        self._sleep(_POLL)
        return True

    def _tapped_match(self, look: Look) -> Match | None:
        if self._tapped is None:
            return None
        page = self.sight.book.pages[self._tapped.page]
        return match_element(look.source, page, self._tapped.element, self.sight.packages)

    def _refuse_covered(self, look: Look, waited: float) -> None:
        """A tap that a dialog took, or may have taken, asks nothing of the product."""
        tap, match = self._tapped, self._tapped_match(look)
        if tap is None or match is None:
            return
        cover = cover_of(look.source, match.xpath) or tap.met
        if cover:
            missing = LocatorMissing(tap.page, tap.element, (match.matched,), waited)
            raise self._missing(missing, look.screen, cover)

    def _refuse_unknown(self, look: Look, wanted: frozenset[str], waited: float) -> None:
        """An app's page with words that we know nothing of is ours to learn, not its fault."""
        screen = look.screen
        known = screen.page or screen.messages or screen.spinner or screen.empty
        if known or screen.launching or screen.package not in self.sight.packages:
            return
        words = [node.text or node.desc for node in look.source.shown(self.sight.packages)]
        said = " · ".join(list(dict.fromkeys(word for word in words if word.strip()))[:3])
        if said:
            missing = LocatorMissing(" or ".join(sorted(wanted)), "marker", (), waited)
            raise self._missing(missing, screen, said)

    def _twice(self, page: str, element: str, timeout: float, act: Callable[[Match], None]) -> None:
        for last in (False, True):
            match, _ = self._find(page, element, timeout, reachable=True)
            try:
                act(match)
            except ElementGoneError as error:
                if last:
                    tried = (match.matched,)
                    raise ElementMissingError(page, element, tried, timeout) from error
            else:
                return

    def _note_drift(self, page: str, element: str, match: Match) -> None:
        if match.died and (page, element) not in self._drifted:
            self._drifted.add((page, element))
            fact = LocatorMatch(page, element, match.matched, match.died)
            self._log.write("ui.locator", fact)

    def _missing(
        self, missing: LocatorMissing, screen: Screen, covered_by: str
    ) -> ElementMissingError:
        cover = self._clean(covered_by)[:120]
        seen = {"front": screen.package or "", "page": screen.page or ""}
        if cover:
            seen["covered_by"] = cover
        self._log.write("ui.screen", screen)
        self._log.write("ui.missing", replace(missing, extra=seen))
        return ElementMissingError(
            missing.page, missing.element, missing.tried, missing.waited, cover
        )
