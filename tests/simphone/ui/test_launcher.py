import asyncio

from harness.simphone.ui.launcher import home_screen


def test_icons_launch_their_apps() -> None:
    launched: list[str] = []

    async def launch(package: str) -> None:
        launched.append(package)

    apps = [(f"com.example.app{number}", f"App {number}") for number in range(6)]
    home = home_screen(
        apps, "Tue, Mar 4", launch, bounds=(0, 0, 1080, 2400), package="com.example.home"
    )
    icons = [node for node in home.walk() if node.on_click is not None]
    assert [icon.desc for icon in icons] == [label for _, label in apps]

    async def press_all() -> None:
        for icon in icons:
            assert icon.on_click is not None
            await icon.on_click()

    asyncio.run(press_all())
    assert launched == [package for package, _ in apps]


def test_without_a_way_to_launch_an_icon_does_nothing() -> None:
    home = home_screen(
        [("a.b", "A")], "Tue, Mar 4", None, bounds=(0, 0, 1080, 2400), package="com.example.home"
    )
    icon = next(node for node in home.walk() if node.desc == "A")

    async def press() -> None:
        assert icon.on_click is not None
        await icon.on_click()

    asyncio.run(press())
    assert any(node.text == "Tue, Mar 4" for node in home.walk())
