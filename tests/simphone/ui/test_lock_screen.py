from harness.simphone.ui.geometry import Geometry
from harness.simphone.ui.lock_screen import ScreenState, lock_screen


def test_sleep_locks_and_only_a_lit_screen_unlocks() -> None:
    changes: list[tuple[bool, bool]] = []
    screen = ScreenState()
    screen.on_change = lambda: changes.append((screen.on, screen.locked))
    assert screen.usable
    screen.sleep()
    screen.unlock()
    screen.wake()
    assert not screen.usable
    screen.unlock()
    assert screen.usable
    assert changes == [(False, True), (True, True), (True, False)]


def test_without_a_lock_waking_is_enough() -> None:
    screen = ScreenState(swipe_lock=False)
    screen.sleep()
    screen.wake()
    assert screen.usable


def test_the_lock_screen_shows_time_and_date() -> None:
    root = lock_screen(Geometry(), "10:41", "Tue, Mar 4")
    assert [node.text for node in root.children] == ["10:41", "Tue, Mar 4", "Swipe up to open"]
    assert {node.package for node in root.walk()} == {"com.android.systemui"}
