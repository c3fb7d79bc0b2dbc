from harness.simphone.storage.generated import (
    Generated,
    GeneratedFile,
    GeneratedFiles,
    GeneratedFolder,
)


def proc(path: str, ns: str) -> bytes | Generated | None:
    if path == "/proc":
        return GeneratedFolder(("1",))
    return ns.encode() if path == "/proc/1/ns" else None


def test_the_longest_prefix_that_knows_the_path_answers() -> None:
    files = GeneratedFiles()
    files.register("/proc", proc)
    files.register("/proc/net/unix", lambda _path, _ns: b"u")

    assert files.look_up("/proc", "init") == GeneratedFolder(("1", "net"))
    assert files.look_up("/proc/net", "init") == GeneratedFolder(("unix",))
    assert files.look_up("/proc/net/unix", "init") == GeneratedFile(b"u")
    assert files.look_up("/proc/1/ns", "zygote") == GeneratedFile(b"zygote")
    assert files.look_up("/proc/2", "init") is None
    assert files.look_up("/data", "init") is None
