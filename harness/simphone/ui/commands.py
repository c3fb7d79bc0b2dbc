"""The display's shell programs, by name, for `Shell.register`."""

from __future__ import annotations

from collections.abc import Mapping

from harness.simphone.contracts import Command
from harness.simphone.ui.app_process import app_process
from harness.simphone.ui.input_command import input_command
from harness.simphone.ui.screencap_command import screencap
from harness.simphone.ui.screenrecord_command import screenrecord
from harness.simphone.ui.uiautomator_command import uiautomator

COMMANDS: Mapping[str, Command] = {
    "app_process": app_process,
    "input": input_command,
    "screencap": screencap,
    "screenrecord": screenrecord,
    "uiautomator": uiautomator,
}
