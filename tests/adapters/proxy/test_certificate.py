"""The authority of a run."""

from __future__ import annotations

import shutil
import stat
import subprocess
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from harness.adapters.proxy.certificate import (
    KEY_FILE,
    ORGANISATION,
    android_name,
    make_authority,
    subject_hash_old,
)


def test_key_and_folder_are_private_and_the_certificate_is_an_authority(tmp_path: Path) -> None:
    made = make_authority(tmp_path / "ca")
    assert stat.S_IMODE(made.folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((made.folder / KEY_FILE).stat().st_mode) == 0o600
    certificate = x509.load_pem_x509_certificate(made.certificate.read_bytes())
    assert certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    (organisation,) = certificate.subject.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)
    assert organisation.value == ORGANISATION
    assert b"PRIVATE" not in made.certificate.read_bytes()
    assert android_name(made.certificate) == made.android_name


def test_two_authorities_never_share_a_name(tmp_path: Path) -> None:
    names = {make_authority(tmp_path / str(number)).android_name for number in range(2)}
    assert len(names) == 2


def test_the_hash_of_mitmproxys_own_subject_is_the_known_one() -> None:
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, "mitmproxy"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "mitmproxy"),
        ]
    )
    key = ec.generate_private_key(ec.SECP256R1())
    from datetime import UTC, datetime, timedelta

    from cryptography.hazmat.primitives import hashes

    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now)
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    assert subject_hash_old(certificate) == "c8750f0d"


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl to compare with")
def test_the_hash_is_the_one_that_openssl_computes(tmp_path: Path) -> None:
    made = make_authority(tmp_path)
    told = subprocess.run(
        ["openssl", "x509", "-subject_hash_old", "-noout", "-in", str(made.certificate)],
        capture_output=True,
        check=True,
        timeout=10,
        text=True,
    )
    assert f"{told.stdout.strip()}.0" == made.android_name
