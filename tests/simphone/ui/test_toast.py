from harness.simphone.ui.geometry import Geometry
from harness.simphone.ui.toast import Toasts
from tests.simphone.ui.stand_ins import StoppedClock


def test_a_toast_is_there_for_its_time_and_the_newest_wins() -> None:
    clock = StoppedClock()
    toasts = Toasts(clock.uptime, Geometry())
    assert toasts.node() is None
    toasts.show("a.b", "first", 3.5)
    toasts.show("a.b", "No network connection", 3.5)
    node = toasts.node()
    assert node is not None
    assert (node.cls, node.text, node.package) == (
        "android.widget.Toast",
        "No network connection",
        "a.b",
    )
    assert node is toasts.node()
    clock.seconds += 3.5
    assert toasts.node() is None


def test_a_long_text_stays_on_the_screen() -> None:
    toasts = Toasts(StoppedClock().uptime, Geometry())
    toasts.show("a.b", "many words " * 30, 2.0)
    node = toasts.node()
    assert node is not None
    assert node.bounds is not None
    assert node.bounds[0] >= 0
    assert node.bounds[2] <= 1080
