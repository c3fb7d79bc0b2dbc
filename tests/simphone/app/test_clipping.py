"""No label of the app is cut off on the screen, in any language that its typeface can draw."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness.simphone.app.build import PACKAGE, SPLASH
from harness.simphone.app.popups import POPUPS, Shape
from harness.simphone.app.texts import texts_for
from harness.simphone.fleet import Fleet, Wish
from harness.simphone.phone import Phone
from harness.simphone.ui.node import Node
from harness.simphone.ui.render.fonts import line_height
from harness.simphone.ui.render.text_wrap import wrap
from tests.simphone.finger import Finger

LOCALES = ("en-US", "fr-FR", "de-DE", "es-ES", "pt-BR", "id-ID")
BOX = 72  # the box left of a CheckBox's label
SLACK = 4  # pixels; line heights are rounded


def clipped(phone: Phone) -> Iterator[str]:
    """Labels whose lines are higher than their place, or whose place leaves the screen."""
    for root in phone.display.roots():
        for node in root.walk():
            if node.text and node.frame is not None and not fits(node):
                yield node.text


def fits(node: Node) -> bool:
    """The whole text can be seen."""
    left, top, right, bottom = node.frame or (0, 0, 0, 0)
    width = right - left - 2 * node.style.padding - (BOX if node.cls.endswith("CheckBox") else 0)
    if width <= 0:
        return False
    lines = wrap(node.text, size=node.style.size, bold=node.style.bold, width=width)
    high_enough = len(lines) * line_height(node.style.size) <= bottom - top + SLACK
    return high_enough and node.bounds == node.frame


@pytest.mark.parametrize("locale", LOCALES)
def test_every_popup_and_the_way_to_the_form_can_be_read(locale: str, tmp_path: Path) -> None:
    texts = texts_for(locale)

    async def main() -> list[str]:
        fleet = Fleet([Wish("one", locale=locale)], tmp_path)
        try:
            await fleet.start()
            phone = fleet.running[0].phone
            phone.app_faults.greets = False
            finger = Finger(phone)
            await phone.activities.start_activity(f"{PACKAGE}/{SPLASH}")
            await finger.see(texts["for_you"])
            found: list[str] = []
            for popup in POPUPS.values():
                if popup.shape is not Shape.PAGE:
                    phone.app_faults.show(popup.name)
                    await asyncio.sleep(0.02)
                    found += clipped(phone)
                    await phone.display.key(4)
            for label in ("profile", "log_in", "use_phone", "tab_name"):
                await finger.tap(texts[label])
                await asyncio.sleep(0.05)
                found += clipped(phone)
            for popup in ("interests", "start-watching", "birthday"):
                phone.app_faults.show(popup)
                await asyncio.sleep(0.02)
                found += clipped(phone)
                for answer in ("skip", "start_watching"):
                    if finger.find(texts[answer]):
                        await finger.tap(texts[answer])
            return found
        finally:
            await fleet.stop()

    assert asyncio.run(main()) == []
