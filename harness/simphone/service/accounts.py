"""Accounts of the simulated service: made anew at each start, sessions, attempts."""

from __future__ import annotations

import hmac
import random
import secrets
import string
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

MIXED_KEY = 5
WRONG_TRIES = 5
WRONG_WAIT = 30 * 60.0
TRIES_A_MINUTE = 30
SEC_UID_LETTERS = string.ascii_letters + string.digits + "-_"


def mixed(text: str) -> str:
    """The app's trivially reversible encoding of form fields: each byte XOR 5, as hex."""
    return "".join(f"{byte ^ MIXED_KEY:02x}" for byte in text.encode())


def unmixed(text: str) -> str:
    """Undoes `mixed`; raises ValueError for what was not encoded so."""
    return bytes(byte ^ MIXED_KEY for byte in bytes.fromhex(text)).decode()


def big_id() -> str:
    """A 19-digit id, beyond the precision of a JSON double."""
    return _id(random.SystemRandom())


def _id(rng: random.Random) -> str:
    return str(7_000_000_000_000_000_000 + rng.randrange(400_000_000_000_000_000))


@dataclass(frozen=True, slots=True)
class Follower:
    """One row of a follower list."""

    uid: str
    handle: str
    nickname: str


@dataclass(slots=True)
class Account:
    """One account; `password` is only ever held in memory."""

    user: str
    password: str = field(repr=False)
    uid: str = field(default_factory=big_id)
    sec_uid: str = field(default_factory=lambda: "MS4wLjABAAAA" + secrets.token_urlsafe(32))
    nickname: str = "Sam Example"
    follower_count: int = 1284
    following_count: int = 97
    total_favorited: int = 20_913
    followers: list[Follower] = field(default_factory=list[Follower])
    following: list[Follower] = field(default_factory=list[Follower])
    registered: int = 1_570_000_000


NAMES = ("mila", "jonas", "aiko", "pedro", "lina", "omar", "nora", "kofi", "elif", "tomas")


def make_account(number: int, seed: int | None = None) -> Account:
    """A fresh account with its own password and some followers; `number` counts from 0.

    With a seed its ids and people are the same each time; its name and password never are.
    """
    word = secrets.token_hex(3)
    rng = random.Random(f"{seed} {number}") if seed is not None else random.SystemRandom()
    tag = f"{rng.getrandbits(12):03x}"
    people = [Follower(_id(rng), f"{name}.{tag}{i}", name.title()) for i, name in enumerate(NAMES)]
    return Account(
        uid=_id(rng),
        sec_uid="MS4wLjABAAAA" + "".join(rng.choices(SEC_UID_LETTERS, k=43)),
        user=f"sim_user_{number + 1}_{word}",
        password=f"Pw-{secrets.token_urlsafe(9)}!7",
        followers=people,
        following=people[:4],
    )


class RefusedError(Exception):
    """The log-in was refused; `args` are the key into `envelopes.CODES` and the text."""

    @property
    def code_name(self) -> str:
        return str(self.args[0])

    @property
    def text(self) -> str:
        return str(self.args[1])


class AccountBook:
    """Checks passwords, hands out sessions, counts tries."""

    def __init__(self, accounts: list[Account], clock: Callable[[], float] = time.time) -> None:
        self.accounts = {account.user: account for account in accounts}
        self._clock = clock
        self._sessions: dict[str, Account] = {}
        self._wrong: dict[str, deque[float]] = {}
        self._tries: dict[str, deque[float]] = {}

    def log_in(self, user: str, password: str) -> tuple[Account, str]:
        """The account and a new session token; raises RefusedError."""
        now = self._clock()
        tries = self._recent(self._tries, user, now, 60.0)
        tries.append(now)
        if len(tries) > TRIES_A_MINUTE:
            raise RefusedError("too-frequent", "You are visiting our service too frequently.")
        wrong = self._recent(self._wrong, user, now, WRONG_WAIT)
        if len(wrong) >= WRONG_TRIES:
            raise RefusedError(
                "too-many-attempts", "Maximum number of attempts reached. Try again later."
            )
        account = self.accounts.get(user)
        if account is None:
            wrong.append(now)
            raise RefusedError("unknown-user", "User does not exist")
        if not hmac.compare_digest(account.password.encode(), password.encode()):
            wrong.append(now)
            raise RefusedError("wrong-password", "Incorrect account or password")
        wrong.clear()
        return account, self.open_session(account)

    def open_session(self, account: Account) -> str:
        """A new session's token, without a password: for a phone that was logged in before."""
        token = secrets.token_hex(16)
        self._sessions[token] = account
        return token

    def of_session(self, token: str | None) -> Account | None:
        """The account of a live session."""
        return self._sessions.get(token) if token else None

    def log_out(self, token: str | None) -> None:
        """Ends a session; unknown tokens are ignored."""
        if token:
            self._sessions.pop(token, None)

    def knows(self, user: str) -> bool:
        """Whether such a log-in name exists."""
        return user in self.accounts

    @staticmethod
    def _recent(
        book: dict[str, deque[float]], key: str, now: float, seconds: float
    ) -> deque[float]:
        times = book.setdefault(key, deque())
        while times and now - times[0] > seconds:
            times.popleft()
        return times
