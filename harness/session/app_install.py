"""The build that devices.yaml names is on the phone before the run, where Android takes it."""

from __future__ import annotations

import tempfile
from pathlib import Path

from harness.adapters.builds.archive import DamagedBuildError
from harness.adapters.builds.phone_shape import read_shape
from harness.adapters.builds.putting_on import put_on
from harness.adapters.builds.unpacking import UnpackedBuild, unpack
from harness.domain.device import DeviceEntry
from harness.domain.facts.build import BuildInstalled
from harness.domain.facts.device import AppPackage
from harness.domain.profile import AppProfile
from harness.ports import StreamingControl


class AppFileError(ValueError):
    """The file is damaged, fits not this phone, or holds another app; one sentence."""


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
