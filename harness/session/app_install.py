"""The build that devices.yaml names is on the phone before the run, where Android takes it."""

from __future__ import annotations

import tempfile
from pathlib import Path

from harness.adapters.builds.phone_shape import read_shape
from harness.adapters.builds.putting_on import put_on
from harness.adapters.builds.unpacking import UnpackedBuild, unpack
from harness.domain.device import DeviceEntry
from harness.domain.facts.build import BuildInstalled
from harness.domain.facts.device import AppPackage
from harness.domain.profile import AppProfile
from harness.ports import StreamingControl


class WrongAppError(ValueError):
    """The file holds another app than the profile is for; one sentence."""


def install_wanted(
    device: StreamingControl, entry: DeviceEntry, profile: AppProfile, installed: AppPackage | None
) -> BuildInstalled | None:
    """What was done, or None where there was nothing to do.

    Raises DamagedBuildError, WrongAppError, InstrumentError.
    """
    if entry.app_file is None:
        return None
    with tempfile.TemporaryDirectory(prefix="harness-build-") as name:
        folder, file = Path(name), Path(entry.app_file)
        languages = (entry.language,) if entry.language else ()
        build = unpack(file, read_shape(device, languages), folder)
        if build.manifest.package not in profile.packages:
            raise WrongAppError(
                f"{file} holds {build.manifest.package}, profile {profile.name!r} is for"
                f" {', '.join(profile.packages)}"
            )
        if installed is not None and same_build(build, installed):
            return None
        return _done(build, file, put_on(device, build, folder, file.name))


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
