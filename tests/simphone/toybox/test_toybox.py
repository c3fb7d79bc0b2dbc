from harness.simphone.toybox import COMMANDS

WANTED = """ls cat cp mv rm rmdir mkdir touch ln readlink realpath stat find du df chmod chown chgrp
chcon restorecon mount umount nsenter md5sum sha1sum sha256sum head tail wc sort uniq cut tr grep
sed xargs tee base64 xxd od date id whoami uname uptime ps pgrep pkill pidof kill env printenv
basename dirname seq sleep timeout yes true false expr setsid nohup tar gzip gunzip zcat
getenforce which test mktemp nproc free ifconfig ip ping nc dd"""


def test_every_program_is_there() -> None:
    assert set(WANTED.split()) <= set(COMMANDS)


def test_there_is_no_curl() -> None:
    assert "curl" not in COMMANDS
