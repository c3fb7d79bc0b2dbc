from harness.simphone.ui.clipboard import Clipboard


def test_a_change_is_told_once() -> None:
    told: list[str] = []
    clipboard = Clipboard()
    clipboard.put("before anybody listens")
    clipboard.on_change = lambda: told.append(clipboard.text)
    clipboard.put("a")
    clipboard.put("a")
    assert told == ["a"]
