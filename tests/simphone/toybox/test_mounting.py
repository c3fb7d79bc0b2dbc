from __future__ import annotations

import pytest

from tests.simphone.sh.bench import Bench
from tests.simphone.toybox.table import Row, check

ROWS: list[Row] = [
    (
        (
            "mount | grep fuse; mount -t tmpfs tmpfs /mnt; umount /mnt; "
            "nsenter --mount=/proc/400/ns/mnt ls"
        ),
        (
            "/dev/fuse on /storage/emulated type fuse (rw,seclabel,relatime)\n"
            "mount: 'tmpfs'->'/mnt': Permission denied\n"
            "umount: /mnt: Operation not permitted\n"
            "nsenter: setns: Operation not permitted\n"
        ),
        1,
    ),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_mounting(bench: Bench, row: Row) -> None:
    check(bench, row)


CERTS = "/system/etc/security/cacerts"
CONSCRYPT = "/apex/com.android.conscrypt/cacerts"
TRUST = f"""
mount -t tmpfs tmpfs {CERTS}; echo pem >{CERTS}/0a.0
chown root:root {CERTS}/*; chmod 644 {CERTS}/*; chcon u:object_r:system_file:s0 {CERTS}/*
for Z in $(pidof zygote64) $(ps -o PID -P $(pidof zygote64) | grep -v PID); do
  nsenter --mount=/proc/$Z/ns/mnt -- /bin/mount --bind {CERTS} {CONSCRYPT} &
done
wait"""


def test_a_certificate_for_apps(bench: Bench) -> None:
    result = bench.run(TRUST, uid=0)

    assert (result.err, result.rc) == ("", 0)
    assert bench.fs.read(f"{CONSCRYPT}/0a.0", ns="zygote", uid=10142) == b"pem\n"
    assert bench.fs.listdir(CONSCRYPT) == []


ROOT_ROWS: list[Row] = [
    (
        "mount -o bind /sdcard/DCIM /mnt; ls /mnt; umount /mnt; ls /mnt",
        "Camera\nexpand\nmedia_rw\n",
        0,
    ),
    ("mount -o rw,remount /", "mount: '/dev/block/dm-5'->'/': Device or resource busy\n", 1),
    (
        "mount -t ext4 x /mnt; umount /nope",
        "mount: 'x'->'/mnt': Invalid argument\numount: /nope: Invalid argument\n",
        1,
    ),
    ("mount --bind /nope /mnt", "mount: '/nope'->'/mnt': No such file or directory\n", 1),
    ("nsenter -t 400 -m sh -c 'readlink /proc/self/x; echo in'", "in\n", 0),
    (
        "nsenter -m/proc/77/ns/mnt ls",
        "nsenter: open '/proc/77/ns/mnt': No such file or directory\n",
        1,
    ),
]


@pytest.mark.parametrize("row", ROOT_ROWS, ids=lambda row: row[0])
def test_as_root(bench: Bench, row: Row) -> None:
    check(bench, row, uid=0)
