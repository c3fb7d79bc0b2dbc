from harness.simphone.ui.window import AppWindow, WindowKind
from harness.simphone.ui.window_stack import WindowStack


def stack() -> tuple[WindowStack, list[AppWindow]]:
    closed: list[AppWindow] = []
    return WindowStack(AppWindow("home", "Home", kind=WindowKind.LAUNCHER), closed.append), closed


def test_the_same_activity_is_one_window() -> None:
    windows, _ = stack()
    first = windows.open("a", "Main", None)
    windows.open("a", "Second", None)
    assert windows.open("a", "Main", None) is first
    assert windows.top is first


def test_bring_to_front_keeps_a_packages_own_order() -> None:
    windows, _ = stack()
    windows.open("a", "Main", None)
    second = windows.open("a", "Second", None)
    windows.open("b", "Main", None)
    assert windows.bring_to_front("a")
    assert windows.top is second
    assert not windows.bring_to_front("unknown")


def test_closing_a_package_takes_what_is_about_it_too() -> None:
    windows, closed = stack()
    windows.open("a", "Main", None)
    windows.open("android", "Application Not Responding: a", None)
    windows.open("android", "Application Error: a", None)
    windows.close_package("a")
    assert [window.activity for window in closed] == ["Application Not Responding: a", "Main"]
    assert windows.top.activity == "Application Error: a"


def test_home_closes_dialogs_and_the_launcher_never_closes() -> None:
    windows, closed = stack()
    app = windows.open("a", "Main", None)
    windows.open_dialog(AppWindow("android", "Question"))
    windows.home()
    assert windows.top.package == "home"
    assert [window.activity for window in windows.all()] == ["Home", "Main"]
    windows.close(windows.top)
    windows.close_package("home")
    assert windows.top.package == "home"
    assert app not in closed
