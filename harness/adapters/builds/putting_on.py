"""Puts an unpacked build on a phone, over what is there: no data are lost by it."""

from __future__ import annotations

from pathlib import Path

from harness.adapters.adb.device import quote
from harness.adapters.builds.install_journal import InstallJournal, mend_install
from harness.adapters.builds.unpacking import UnpackedBuild
from harness.adapters.removal.installing import InstallRefusedError, install_code
from harness.ports import InstrumentError, StreamingControl

SHARED = "/sdcard"
_SLOW = 600.0

_WHY = {
    "INSTALL_FAILED_UPDATE_INCOMPATIBLE": "another signer's app is installed; Android replaces it"
    " only after it was deleted with its data, which is not done here",
    "INSTALL_FAILED_VERSION_DOWNGRADE": "a newer build is installed; Android goes back only after"
    " it was deleted with its data, which is not done here",
    "INSTALL_FAILED_USER_RESTRICTED": "the phone asks its owner; allow 'Install via USB' in the"
    " developer options",
    "INSTALL_FAILED_INSUFFICIENT_STORAGE": "the phone's storage is full",
    "INSTALL_FAILED_NO_MATCHING_ABIS": "its native code does not run on this phone",
    "INSTALL_FAILED_OLDER_SDK": "it needs a newer Android",
    "INSTALL_FAILED_VERIFICATION_FAILURE": "Play Protect or the maker's check stopped it; look at"
    " the phone's screen",
}


def put_on(device: StreamingControl, build: UnpackedBuild, folder: Path, shown: str) -> str | None:
    """None when it is installed, else the phone's refusal in words. `shown`: the file's name.

    Raises InstrumentError("adb", …) when the phone went away or a data file could not be
    written.
    """
    journal = InstallJournal(device.serial)
    mend_install(device, journal)
    try:
        install_code(
            device,
            build.parts,
            folder,
            installer=None,
            opened=lambda session: journal.note(session, shown),
        )
    except InstallRefusedError as error:
        journal.close()
        return explained(error.answer)
    journal.close()
    for file, target in build.expansions:
        _place(device, folder / file, f"{SHARED}/{target}")
    return None


def explained(answer: str) -> str:
    """Android's answer with what it means, where we know it."""
    for code, why in _WHY.items():
        if code in answer:
            return f"{code}: {why}"
    return answer


def _place(device: StreamingControl, file: Path, target: str) -> None:
    parent = target.rpartition("/")[0]
    made = device.shell(f"mkdir -p {quote(parent)}")
    if not made.ok:
        raise InstrumentError(
            "adb",
            f"mkdir {parent} on {device.name}",
            f"exit {made.exit_code}: {made.stderr.strip()[:200]}",
            advice="The app's data file could not be placed; install it from the store.",
        )
    device.push(file, target, timeout=_SLOW)
