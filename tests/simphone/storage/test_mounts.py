from pathlib import Path

import pytest

from harness.simphone.storage.mounts import Mount, MountTable


def mount(target: str, host: str = "x") -> Mount:
    return Mount(target, "src", "tmpfs", Path(host), 1)


def table(*targets: str) -> MountTable:
    made = MountTable()
    for target in targets:
        made.add(mount(target), "init")
    return made


@pytest.mark.parametrize(
    ("targets", "path", "found"),
    [
        (("/", "/data"), "/data/x", "/data"),
        (("/", "/data"), "/database", "/"),
        (("/", "/data/x", "/data"), "/data/x/y", "/data"),
        (("/", "/data", "/data/x"), "/data/x", "/data/x"),
    ],
)
def test_the_newest_mount_that_holds_a_path_counts(
    targets: tuple[str, ...], path: str, found: str
) -> None:
    assert table(*targets).find("init", path).target == found


def test_the_zygote_receives_mounts_except_below_apex() -> None:
    made = table("/", "/system/etc", "/apex/a")

    assert [m.target for m in made.list("zygote")] == ["/", "/system/etc"]
    made.add(mount("/apex/a"), "zygote")
    assert [m.target for m in made.list("init")].count("/apex/a") == 1


def test_unmounting_takes_the_newest_away_everywhere() -> None:
    made = table("/", "/a")
    made.add(mount("/a", "y"), "init")
    made.remove("/a", "init")

    assert made.find("init", "/a").host == made.find("zygote", "/a").host == Path("x")
    with pytest.raises(OSError, match="Invalid argument"):
        made.remove("/b", "init")


def test_paths_and_lines() -> None:
    data = mount("/data")

    assert data.inside("/data/a/b") == "a/b"
    assert data.inside("/data") == ""
    assert data.line() == "src on /data type tmpfs (rw,seclabel,relatime)"
    with pytest.raises(ValueError, match="no mount namespace"):
        MountTable().list("nope")
    with pytest.raises(OSError, match="No such file"):
        MountTable().find("init", "/")
