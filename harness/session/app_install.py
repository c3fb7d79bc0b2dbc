"""The build that devices.yaml names is on the phone before the run, where Android takes it."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from harness.adapters.adb.package import read_absent_card
from harness.adapters.builds.archive import DamagedBuildError
from harness.adapters.builds.phone_shape import read_shape
from harness.adapters.builds.putting_on import put_on
from harness.adapters.builds.unpacking import UnpackedBuild, unpack
from harness.domain.device import DeviceEntry
from harness.domain.facts.build import BuildInstalled
from harness.domain.facts.device import AppPackage
from harness.domain.profile import AppProfile
from harness.ports import DeviceControl, StreamingControl


class AppFileError(ValueError):
    """There is no app, or its file is damaged, not for this phone, of another app; one sentence."""


class AppReader(Protocol):
    """Reads the first of `packages` that is installed (adapters.adb.package.read_app)."""

    def __call__(
        self, phone: DeviceControl, packages: Sequence[str], signers: Sequence[str] = ()
    ) -> AppPackage | None: ...


def app_under_test(
    device: StreamingControl, entry: DeviceEntry, profile: AppProfile, read: AppReader
) -> tuple[AppPackage, BuildInstalled | None]:
    """The app as it is now, and what was done for it. Raises AppFileError also when there
    is none, and InstrumentError."""
    app = read(device, profile.packages, profile.signers)
    if app is not None and app.signer_sha256 is None:
        _require_its_card(device, profile, app)
    made = install_wanted(device, entry, profile, app)
    if made is not None:
        app = read(device, profile.packages, profile.signers)
    if app is None:
        why = f"; {told(made)}" if made is not None else ""
        wanted = ", ".join(profile.packages)
        raise AppFileError(f"{profile.title} is not installed ({wanted}){why}")
    return app, made


def _require_its_card(device: DeviceControl, profile: AppProfile, app: AppPackage) -> None:
    """Installed without its card, the app would lose what it keeps there."""
    card = read_absent_card(device, app.package)
    if card is not None:
        raise AppFileError(
            f"{profile.title} lies on the adopted card {card}, which is not in the phone; put the"
            " card in (installing the app anew would cost what it keeps there)"
        )


def install_wanted(
    device: StreamingControl, entry: DeviceEntry, profile: AppProfile, installed: AppPackage | None
) -> BuildInstalled | None:
    """What was done, or None where there was nothing to do.

    Raises AppFileError and InstrumentError.
    """
    if entry.app_file is None:
        return None
    with tempfile.TemporaryDirectory(prefix="harness-build-") as name:
        folder, file = Path(name), Path(entry.app_file)
        languages = (entry.language,) if entry.language else ()
        shape = read_shape(device, languages)
        try:
            build = unpack(file, shape, folder)
        except DamagedBuildError as error:
            raise AppFileError(str(error)) from error
        if build.manifest.package not in profile.packages:
            raise AppFileError(
                f"{file} holds {build.manifest.package}, profile {profile.name!r} is for"
                f" {', '.join(profile.packages)}"
            )
        if installed is not None and same_build(build, installed):
            return None
        return _done(build, file, put_on(device, build, folder, file.name))


def told(made: BuildInstalled) -> str:
    """One sentence on what was done."""
    build = f"{made.file} ({made.version_name})"
    if made.refused is not None:
        return f"{build} could not be installed: {made.refused}"
    return f"installed {build}: {', '.join(made.parts)}"


def same_build(build: UnpackedBuild, installed: AppPackage) -> bool:
    """This very build is installed; an unknown signer does not speak against it."""
    signers = {build.signer, installed.signer_sha256} - {None}
    return (
        build.manifest.package == installed.package
        and build.manifest.version_code == installed.version_code
        and len(signers) < 2
    )


def _done(build: UnpackedBuild, file: Path, refused: str | None) -> BuildInstalled:
    return BuildInstalled(
        file=file.name,
        kind=build.kind,
        version_name=build.manifest.version_name,
        version_code=build.manifest.version_code,
        parts=tuple(part.name for part in build.parts),
        left_out=build.left_out,
        refused=refused,
    )
