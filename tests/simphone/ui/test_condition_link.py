from collections.abc import Callable

from harness.simphone.ui.condition_link import link
from tests.simphone.ui.stand_ins import new_display


class Conditions:
    """Tells its listeners of each change, as the phone's own record does."""

    def __init__(self) -> None:
        self._listeners: list[Callable[[str, object], None]] = []
        self.airplane = False
        self.wifi = True
        self.battery_level = 42
        self.charging = False
        self.locked = False
        self.screen_on = True
        self.clipboard = "from before"

    def __setattr__(self, name: str, value: object) -> None:
        changed = getattr(self, name, None) != value
        object.__setattr__(self, name, value)
        if changed and not name.startswith("_"):
            for listener in self._listeners:
                listener(name, value)

    def subscribe(self, listener: Callable[[str, object], None]) -> None:
        self._listeners.append(listener)


def test_each_side_follows_the_other() -> None:
    display, conditions = new_display(), Conditions()
    link(display, conditions)
    assert (display.status.battery, display.status.charging) == (42, False)
    assert display.clipboard.text == "from before"
    conditions.airplane = True
    conditions.locked = True
    conditions.clipboard = "new"
    assert display.status.airplane
    assert display.focus() == ("com.android.systemui", "Keyguard")
    assert display.clipboard.text == "new"
    display.screen.unlock()
    assert not conditions.locked
    display.screen.sleep()
    assert (conditions.screen_on, conditions.locked) == (False, True)
    display.clipboard.put("typed")
    assert conditions.clipboard == "typed"
