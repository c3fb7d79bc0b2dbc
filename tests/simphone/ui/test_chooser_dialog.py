"""Android's question which app opens a link."""

import asyncio

import pytest

from harness.simphone.ui.chooser_dialog import ACTIVITY, PACKAGE, WORDS, chooser
from tests.simphone.ui.stand_ins import new_display, node_of


@pytest.mark.parametrize("button", ["button_once", "button_always"])
def test_either_button_chooses(button: str) -> None:
    chosen: list[str] = []

    async def main() -> None:
        async def on_choice() -> None:
            chosen.append(button)

        display = new_display()
        window = display.open_window(PACKAGE, ACTIVITY)
        window.set_content(chooser("TikTok", "de", on_choice=on_choice))
        assert node_of(display, rid="android:id/title").text == "Mit TikTok öffnen"
        await display.tap(*node_of(display, rid=f"android:id/{button}").centre)

    asyncio.run(main())
    assert chosen == [button]
    assert len(set(WORDS.values())) == len(WORDS)
