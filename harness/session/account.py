"""The test account of a phone: the password is read when needed and never written."""

from __future__ import annotations

import importlib
import os
import stat
from dataclasses import dataclass, field
from pathlib import Path

from harness.domain.device import AccountEntry
from harness.domain.secret import Secret


class AccountError(Exception):
    """The account cannot be used: a matter of configuration (exit code 2)."""


@dataclass(frozen=True, slots=True)
class Account:
    """`throwaway`: it came with a launched phone, whose service is our own."""

    user: str
    password: Secret
    throwaway: bool = False
    known_values: dict[str, int] = field(default_factory=dict[str, int])
    """What its owner knows of it, by name (follower_count)."""

    def known(self) -> tuple[str, str]:
        """What must be taken out of everything that is written: (password, user)."""
        return self.password.reveal(), self.user


def read_account(entry: AccountEntry, brought: Account | None, phone: str) -> Account | None:
    """The phone's account, or the one that a launched phone brought, or None."""
    if entry.user is None:
        return brought
    secret = _secret(entry, phone)
    if secret is None:
        raise AccountError(
            f"phone {phone!r}: its account has no secret; add password_env, password_file or"
            " keyring to devices.yaml"
        )
    return Account(entry.user, secret, known_values=dict(entry.known))


def _secret(entry: AccountEntry, phone: str) -> Secret | None:
    if entry.password_env is not None:
        value = os.environ.get(entry.password_env)
        if not value:
            raise AccountError(f"phone {phone!r}: the variable {entry.password_env} is not set")
        return Secret(value)
    if entry.password_file is not None:
        return read_password_file(Path(entry.password_file).expanduser(), phone)
    if entry.keyring is not None:
        return _from_keyring(entry.keyring, str(entry.user), phone)
    return None


def read_password_file(path: Path, phone: str) -> Secret:
    """The file's first line; only its owner may read it."""
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise AccountError(f"phone {phone!r}: {path} cannot be read: {error}") from error
    if mode & 0o077:
        raise AccountError(
            f"phone {phone!r}: {path} has mode {mode:04o} and others can read it;"
            f" run: chmod 600 {path}"
        )
    word = text.splitlines()[0] if text else ""
    if not word:
        raise AccountError(
            f"phone {phone!r}: the first line of {path} is empty; write the password"
        )
    return Secret(word)


def _from_keyring(service: str, user: str, phone: str) -> Secret:
    try:
        keyring = importlib.import_module("keyring")
        refused = importlib.import_module("keyring.errors").KeyringError
    except ImportError as error:
        raise AccountError(
            f"phone {phone!r}: the Python package keyring is not installed; install it, or use"
            " password_file or password_env"
        ) from error
    try:
        value = keyring.get_password(service, user)
    except refused as error:
        raise AccountError(
            f"phone {phone!r}: the keyring cannot be read ({type(error).__name__}: {error});"
            " unlock it, or use password_file or password_env"
        ) from error
    if not value:
        raise AccountError(f"phone {phone!r}: the keyring has no entry {service!r} for {user!r}")
    return Secret(str(value))
