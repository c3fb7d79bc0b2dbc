"""Rows of a used app's databases, in the tables that forensics reports (ALEAPP, FAMA)."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from harness.simphone.app.files import APP_OPEN, EVENT, SESSION
from harness.simphone.service.accounts import Account, Follower

DAY_MS = 86_400_000
WORDS = (
    "see you at 8 🎉", "did you post it?", "haha, no", "which song is that",
    "the blue one, not red", "ok", "tomorrow then", "look at the last draft",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Filling:
    """One table and its rows."""

    database: str
    table: str
    create: str
    rows: tuple[Sequence[object], ...]
    title: str
    on_server: bool = False

    @property
    def insert(self) -> str:
        """The statement for one row."""
        marks = ", ".join("?" * len(self.rows[0]))
        return f"INSERT INTO {self.table} VALUES ({marks})"  # noqa: S608 - our own names


def fillings(account: Account, now_ms: int, rng: random.Random) -> Iterable[Filling]:
    """All tables of a used app; `now_ms` is the phone's time in milliseconds."""
    yield from _messages(account, now_ms, rng)
    yield _contacts(account)
    days = [now_ms // DAY_MS * DAY_MS - day * DAY_MS for day in range(9)]
    yield Filling("TIKTOK.db", "app_open", APP_OPEN, tuple((day,) for day in days), "app starts")
    yield _downloads(now_ms)
    yield from _telemetry(account, now_ms, rng)
    yield Filling(
        "video.db",
        "video_http_header_t",
        "CREATE TABLE IF NOT EXISTS video_http_header_t (key TEXT, extra TEXT)",
        tuple(
            (f"{rng.getrandbits(64):016x}", "Last-Modified: Tue, 03 Nov 2026 09:00:00 GMT")
            for _ in range(6)
        ),
        "video cache index",
    )


def _messages(account: Account, now_ms: int, rng: random.Random) -> Iterable[Filling]:
    database = f"{account.uid}_im.db"
    friends = account.following[:3]
    rows: list[Sequence[object]] = []
    for number in range(18):
        friend = friends[number % len(friends)]
        sender = account.uid if rng.random() < 0.5 else friend.uid
        content = json.dumps({"text": rng.choice(WORDS)}, ensure_ascii=False)
        when = now_ms - (18 - number) * 3_600_000
        rows.append((when, int(sender), content, 7, 0, 1, _conversation(account, friend)))
    yield Filling(
        database,
        "msg",
        "CREATE TABLE IF NOT EXISTS msg (created_time INTEGER, sender INTEGER, content TEXT, "
        "type INTEGER, deleted INTEGER, read_status INTEGER, conversation_id TEXT)",
        tuple(rows),
        "messages",
        on_server=True,
    )
    yield Filling(
        database,
        "conversation_core",
        "CREATE TABLE IF NOT EXISTS conversation_core (conversation_id TEXT, name TEXT, "
        "owner INTEGER)",
        tuple((_conversation(account, friend), "", int(account.uid)) for friend in friends),
        "messages",
        on_server=True,
    )


def _conversation(account: Account, friend: Follower) -> str:
    return f"0:1:{account.uid}:{friend.uid}"


def _contacts(account: Account) -> Filling:
    people = account.following or account.followers
    return Filling(
        "db_im_xx",
        "SIMPLE_USER",
        "CREATE TABLE IF NOT EXISTS SIMPLE_USER (UID TEXT, UNIQUE_ID TEXT, NICK_NAME TEXT, "
        "AVATAR_THUMB TEXT, FOLLOW_STATUS INTEGER)",
        tuple(
            (p.uid, p.handle, p.nickname, "{}", 1 + number % 2) for number, p in enumerate(people)
        ),
        "contacts",
        on_server=True,
    )


def _downloads(now_ms: int) -> Filling:
    return Filling(
        "downloader.db",
        "downloader",
        "CREATE TABLE IF NOT EXISTS downloader (_id INTEGER, url TEXT, savePath TEXT, name TEXT, "
        "mimeType TEXT, status INTEGER, curBytes INTEGER, totalBytes INTEGER, md5 TEXT, "
        "startTime INTEGER, finishTime INTEGER)",
        tuple(
            (
                number, f"https://v16m-default.tiktokcdn.com/effect/{number}", "effect", name,
                "application/zip", -3, 4096, 4096, f"{number:032x}", now_ms - 2 * DAY_MS,
                now_ms - 2 * DAY_MS + 900,
            )
            for number, name in enumerate(("beauty.zip", "model_face.zip", "stickers.zip"), 1)
        ),
        "the app's own resources",
    )  # fmt: skip


def _telemetry(account: Account, now_ms: int, rng: random.Random) -> Iterable[Filling]:
    sessions = [f"{rng.getrandbits(128):032x}" for _ in range(4)]
    yield Filling(
        "ss_app_log.db",
        "session",
        SESSION,
        tuple(
            (number, name, now_ms - (5 - number) * DAY_MS, "43.1.4", 600 * number)
            for number, name in enumerate(sessions, 1)
        ),
        "telemetry",
    )
    names = ("app_launch", "video_play", "enter_personal_homepage", "enter_offline_mode_page")
    yield Filling(
        "ss_app_log.db",
        "event",
        EVENT,
        tuple(
            (
                number, now_ms - (40 - number) * 600_000, "event_v3", names[number % 4], "",
                json.dumps({"access": "wifi"}), sessions[number % 4], int(account.uid),
            )
            for number in range(1, 25)
        ),
        "telemetry",
    )  # fmt: skip
