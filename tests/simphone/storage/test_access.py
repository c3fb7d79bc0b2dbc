import pytest

from harness.simphone.storage.access import permits, shared_storage_permits


@pytest.mark.parametrize(
    ("mode", "uid", "want", "allowed"),
    [
        (0o700, 10142, 7, True),
        (0o700, 10143, 4, False),
        (0o771, 2000, 1, True),
        (0o771, 10143, 4, False),
        (0o000, 0, 7, True),
        (0o060, 1015, 4, True),
        (0o060, 2000, 6, True),  # by its group sdcard_rw
        (0o640, 2000, 6, False),
    ],
)
def test_permission_bits(mode: int, uid: int, want: int, allowed: bool) -> None:
    assert permits(mode, 10142, 1015, uid=uid, want=want) is allowed


APP, OTHER, SHELL = 10142, 10143, 2000


@pytest.mark.parametrize(
    ("inside", "uid", "want", "sees", "allowed"),
    [
        ("0/DCIM/a.mp4", OTHER, 6, True, True),
        ("0/Android/data", OTHER, 4, True, False),
        ("0/Android/data", OTHER, 3, True, True),
        ("0/Android/data/a.b/x", OTHER, 4, True, False),
        ("0/Android/data/a.b/x", APP, 6, True, True),
        ("0/Android/data/a.b/x", SHELL, 4, True, True),
        ("0/Android/data/a.b/x", SHELL, 4, False, False),
        ("0/Android/data", SHELL, 1, False, True),
        ("0/Android/obb/a.b", OTHER, 4, True, False),
        ("0/Android/media/a.b/x", OTHER, 4, True, True),
        ("0/Android/data/a.b/x", 0, 7, False, True),
        ("0/Android/data/a.b/x", 1000, 4, False, True),
    ],
)
def test_shared_storage(inside: str, uid: int, want: int, sees: bool, allowed: bool) -> None:
    result = shared_storage_permits(inside, APP, uid=uid, want=want, shell_sees_app_folders=sees)

    assert result is allowed
