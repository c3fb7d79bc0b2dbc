"""Which certificates apps trust."""

from __future__ import annotations

import datetime as dt
from typing import cast

import pytest
import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from harness.simphone.contracts import FileSystem
from harness.simphone.network.trust import (
    APEX_STORE,
    SYSTEM_STORE,
    install_authority,
    store_name,
    trusted_pem,
)
from tests.simphone.stand_ins import DictFiles

PEM = trustme.CA(organization_name="Root One").cert_pem.bytes()
OTHER = trustme.CA(organization_name="Root Two").cert_pem.bytes()


def test_store_name_is_the_old_subject_hash() -> None:
    """`openssl x509 -subject_hash_old` says 84f51f95 for the subject CN=test."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test")])
    start = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(start)
        .not_valid_after(start + dt.timedelta(days=9))
        .sign(key, hashes.SHA256())
    )
    assert store_name(certificate.public_bytes(Encoding.PEM)) == "84f51f95.0"


@pytest.mark.parametrize("apex", [True, False])
def test_apex_folder_wins_where_it_exists(apex: bool) -> None:
    files = DictFiles({f"{SYSTEM_STORE}/1.0": OTHER})
    if apex:
        files.mkdir(APEX_STORE)
        files.write(f"{APEX_STORE}/2.0", PEM)
    text = trusted_pem(cast("FileSystem", files))
    assert (PEM.strip() in text, OTHER.strip() in text) == (apex, not apex)


def test_empty_apex_folder_takes_all_trust_away() -> None:
    files = DictFiles({f"{SYSTEM_STORE}/1.0": PEM})
    files.mkdir(APEX_STORE)
    assert b"BEGIN" not in trusted_pem(cast("FileSystem", files))


def test_text_around_a_certificate_is_left_out() -> None:
    files = DictFiles({f"{SYSTEM_STORE}/1.0": b"Certificate:\n  Data\n" + PEM + b"junk"})
    assert trusted_pem(cast("FileSystem", files)).strip() == PEM.strip()


def test_install_writes_both_folders() -> None:
    files = DictFiles()
    files.mkdir(APEX_STORE)
    install_authority(cast("FileSystem", files), PEM)
    assert {name.rpartition("/")[0] for name in files.files} == {APEX_STORE, SYSTEM_STORE}
