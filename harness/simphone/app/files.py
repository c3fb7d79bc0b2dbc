"""The app's state in the phone's files, at the paths and in the formats that forensics reports.

ALEAPP and FAMA name `aweme_user.xml`, `TIKTOK.db` and `ss_app_log.db`; the
other files are this simulator's choice of the same kind.
"""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections.abc import Mapping, Sequence
from contextlib import closing, suppress
from xml.etree import ElementTree as ET

from harness.simphone.app.headers import Install
from harness.simphone.app.state import Profile
from harness.simphone.contracts import Clock, FileSystem

APP_OPEN = "CREATE TABLE IF NOT EXISTS app_open (open_time INTEGER)"
EVENT = (
    "CREATE TABLE IF NOT EXISTS event (_id INTEGER PRIMARY KEY AUTOINCREMENT, timestamp INTEGER, "
    "category TEXT, tag TEXT, label TEXT, ext_json TEXT, session_id TEXT, user_id INTEGER)"
)
SESSION = (
    "CREATE TABLE IF NOT EXISTS session (_id INTEGER PRIMARY KEY AUTOINCREMENT, value TEXT, "
    "timestamp INTEGER, app_version TEXT, duration INTEGER)"
)


class AppFiles:
    """Reads and writes the app's private folder as its uid; raises OSError as the phone does."""

    def __init__(self, fs: FileSystem, clock: Clock, package: str, uid: int) -> None:
        self._fs = fs
        self._clock = clock
        self._uid = uid
        self._root = f"/data/user/0/{package}"
        self.session_id = str(uuid.uuid4())

    def preferences(self, name: str) -> dict[str, str]:
        """Strings of `shared_prefs/<name>.xml`; empty when missing or unreadable."""
        try:
            text = self._fs.read(f"{self._root}/shared_prefs/{name}.xml", uid=self._uid)
            root = ET.fromstring(text)  # noqa: S314 - the app's own file
        except (OSError, ET.ParseError):
            return {}
        return {str(item.get("name")): item.text or "" for item in root.iter("string")}

    def put_preferences(self, name: str, values: Mapping[str, str]) -> None:
        """Replaces `shared_prefs/<name>.xml`."""
        root = ET.Element("map")
        for key, value in values.items():
            ET.SubElement(root, "string", name=key).text = value
        ET.indent(root, "    ")
        head = b"<?xml version='1.0' encoding='utf-8' standalone='yes' ?>\n"
        self._write(f"shared_prefs/{name}.xml", head + ET.tostring(root) + b"\n")

    def put_file(self, path: str, data: bytes) -> None:
        """Writes `path` below the app's folder, with the folders it needs."""
        self._write(path, data)

    def make_folder(self, path: str) -> None:
        """Makes a folder below the app's folder; an existing one is fine."""
        whole = f"{self._root}/{path}"
        try:
            self._fs.mkdir(whole, uid=self._uid, mode=0o700, parents=True)
        except FileExistsError:
            return

    def has(self, path: str) -> bool:
        """Whether `path` is there."""
        try:
            self._fs.stat(f"{self._root}/{path}", uid=self._uid)
        except OSError:
            return False
        return True

    def opened(self) -> None:
        """Notes an app start; values fall on midnight UTC of the day, as on one examined image."""
        midnight = int(self._clock.now() // 86_400 * 86_400 * 1000)
        self._execute("TIKTOK.db", APP_OPEN, "INSERT INTO app_open VALUES (?)", (midnight,))

    def session_started(self, version: str) -> None:
        """A row of `ss_app_log.db`'s session table."""
        row = (self.session_id, int(self._clock.now() * 1000), version, 0)
        sql = "INSERT INTO session (value, timestamp, app_version, duration) VALUES (?, ?, ?, ?)"
        self._execute("ss_app_log.db", SESSION, sql, row)

    def event(self, tag: str, label: str, details: Mapping[str, object], uid: str) -> None:
        """A row of `ss_app_log.db`'s event table (telemetry before it is sent)."""
        now = int(self._clock.now() * 1000)
        extra = json.dumps(dict(details), separators=(",", ":"))
        sql = (
            "INSERT INTO event (timestamp, category, tag, label, ext_json, session_id, user_id) "
            "VALUES (?, 'event_v3', ?, ?, ?, ?, ?)"
        )
        row = (now, tag, label, extra, self.session_id, int(uid or 0))
        self._execute("ss_app_log.db", EVENT, sql, row)

    def install_ids(self) -> Install:
        """Ids of this installation, made at the first start."""
        known = self.preferences("applog_stats")
        if known.get("device_id"):
            return Install(*(known.get(key, "") for key in _INSTALL_KEYS))
        made = Install()
        with suppress(OSError):  # storage full: the ids last as long as the process
            values = {key: str(getattr(made, key)) for key in _INSTALL_KEYS}
            self.put_preferences("applog_stats", values)
        return made

    def save_profile(self, profile: Profile) -> None:
        """`aweme_user.xml` with the counters as the service last gave them."""
        user = {
            "uid": profile.uid,
            "sec_uid": profile.sec_uid,
            "unique_id": profile.handle,
            "nickname": profile.nickname,
            "follower_count": profile.followers,
            "following_count": profile.following,
            "total_favorited": profile.likes,
            "register_time": profile.registered,
        }
        uid = profile.uid
        significant = {key: user[key] for key in ("uid", "sec_uid", "unique_id")}
        account = {"user_id": uid, "screen_name": profile.nickname, "has_password": True}
        self.put_preferences(
            "aweme_user",
            {
                f"{uid}_aweme_user_info": json.dumps(user),
                f"{uid}_account_user_info": json.dumps(account),
                f"{uid}_significant_user_info": json.dumps(significant),
                "current_foreground_uid": uid,
                "logged_in_uid_list": json.dumps([uid]),
                "mandatory_2sv": "false",
            },
        )

    def cached_profile(self) -> Profile | None:
        """The copy in `aweme_user.xml` of the account in front."""
        values = self.preferences("aweme_user")
        uid = values.get("current_foreground_uid", "")
        try:
            user = json.loads(values.get(f"{uid}_aweme_user_info", ""))
        except ValueError:
            return None
        return Profile(
            uid=uid,
            sec_uid=str(user["sec_uid"]),
            handle=str(user["unique_id"]),
            nickname=str(user["nickname"]),
            followers=int(user["follower_count"]),
            following=int(user["following_count"]),
            likes=int(user["total_favorited"]),
            registered=int(user["register_time"]),
        )

    def forget_account(self) -> None:
        """What logging out does: no account in front; cached blocks of accounts stay."""
        values = self.preferences("aweme_user")
        values["current_foreground_uid"] = ""
        values["logged_in_uid_list"] = "[]"
        self.put_preferences("aweme_user", values)
        self.put_preferences("token_shared_preference", {})

    def _write(self, path: str, data: bytes) -> None:
        folder = path.rpartition("/")[0]
        if folder:
            self.make_folder(folder)
        self._fs.write(f"{self._root}/{path}", data, uid=self._uid, mode=0o660)

    def _execute(self, name: str, table: str, sql: str, row: Sequence[object]) -> None:
        path = f"{self._root}/databases/{name}"
        if not self.has(f"databases/{name}"):
            self._write(f"databases/{name}", b"")
        with closing(sqlite3.connect(self._fs.host_path(path, ns="zygote"))) as database:
            database.execute(table)
            database.execute(sql, tuple(row))
            database.commit()
        self._fs.chown(path, self._uid, self._uid)


_INSTALL_KEYS = ("device_id", "install_id", "openudid", "cdid")
