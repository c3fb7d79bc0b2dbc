from harness.simphone.ui.commands import COMMANDS


def test_the_programs_have_their_names() -> None:
    assert set(COMMANDS) == {"app_process", "input", "screencap", "screenrecord", "uiautomator"}
