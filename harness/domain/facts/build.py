"""The app's build: installed by us from a file, or other than what was asked for."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BuildInstalled:
    """A build that devices.yaml names was put on the phone before the run, or could not be."""

    file: str  # name without folders
    kind: str  # apk, xapk, apks, zip, folder
    version_name: str
    version_code: int
    parts: tuple[str, ...]  # base and splits that were chosen for this phone
    left_out: tuple[str, ...] = ()  # parts for other phones, each with why
    refused: str | None = None  # the phone's answer; None = it is installed


@dataclass(frozen=True, slots=True)
class BuildDeviation:
    """The installed build is not the one that was asked for; no outcome changes by it."""

    wanted_version: str | None
    wanted_signer: str | None
    statements: tuple[str, ...]
