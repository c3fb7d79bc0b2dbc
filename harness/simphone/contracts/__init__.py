"""What the parts of the simulated phone know of each other.

Each part (adbd, storage, shell, Android services, display, network, apps) is
written against these protocols, so that each can be tested with stand-ins and
none imports another's insides. `phone.py` puts the real parts together.
"""

from harness.simphone.contracts.android import (
    Activities,
    InstallError,
    Log,
    Package,
    Packages,
    Process,
    Processes,
    Properties,
    Settings,
)
from harness.simphone.contracts.display import Display, Window
from harness.simphone.contracts.network import NetworkStack
from harness.simphone.contracts.phone import App, AppFactory, PhoneParts
from harness.simphone.contracts.shell import Command, Invocation, Shell, Sink, Source
from harness.simphone.contracts.spec import ROOT_UID, SHELL_UID, SYSTEM_UID, Clock, PhoneSpec
from harness.simphone.contracts.storage import FileSystem, Stat

__all__ = [
    "ROOT_UID",
    "SHELL_UID",
    "SYSTEM_UID",
    "Activities",
    "App",
    "AppFactory",
    "Clock",
    "Command",
    "Display",
    "FileSystem",
    "InstallError",
    "Invocation",
    "Log",
    "NetworkStack",
    "Package",
    "Packages",
    "PhoneParts",
    "PhoneSpec",
    "Process",
    "Processes",
    "Properties",
    "Settings",
    "Shell",
    "Sink",
    "Source",
    "Stat",
    "Window",
]
