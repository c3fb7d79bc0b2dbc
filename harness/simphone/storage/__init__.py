"""Storage of the simulated phone."""

from harness.simphone.storage.filesystem import PhoneFileSystem
from harness.simphone.storage.generated import GeneratedFile, GeneratedFolder, GeneratedLink
from harness.simphone.storage.proc import register_proc

__all__ = [
    "GeneratedFile",
    "GeneratedFolder",
    "GeneratedLink",
    "PhoneFileSystem",
    "register_proc",
]
