"""The app's state in the phone's files, at the paths and in the formats that forensics reports.

ALEAPP and FAMA name `aweme_user.xml`, `iuserstate.xml`, `TIKTOK.db` and `ss_app_log.db`;
the other files are this simulator's choice of the same kind.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from harness.simphone.android.package_data import ce
from harness.simphone.app.headers import Install
from harness.simphone.app.kept.database import AppDatabases
from harness.simphone.app.kept.drafts import Drafts
from harness.simphone.app.kept.folder import AppFolder
from harness.simphone.app.kept.offline_videos import OfflineVideos
from harness.simphone.app.kept.preferences import Value, read_preferences, write_preferences
from harness.simphone.app.state import BATCHES, Profile
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
_INSTALL_KEYS = ("device_id", "install_id", "openudid", "cdid")


@dataclass(frozen=True, slots=True)
class OfflineSettings:
    """What decides how long offline videos live: `last_visit` in seconds, 0 = never."""

    last_visit: float = 0.0
    limit: int = BATCHES[0]


class AppFiles:
    """Reads and writes the app's private folder as its uid; raises OSError as the phone does."""

    def __init__(
        self, fs: FileSystem, clock: Clock, package: str, uid: int, volume: str = ""
    ) -> None:
        self._clock = clock
        root = ce(package, volume)
        self.folder = AppFolder(fs, root, uid)
        self.databases = AppDatabases(fs, root, uid)
        self.offline = OfflineVideos(self.folder, self.databases)
        self.drafts = Drafts(self.folder, self.databases)
        self.session_id = str(uuid.uuid4())

    def preferences(self, name: str) -> dict[str, str]:
        """Values of `shared_prefs/<name>.xml` as text; empty when missing or unreadable."""
        try:
            found = read_preferences(self.folder.read(f"shared_prefs/{name}.xml"))
        except OSError:
            return {}
        return {key: str(value) for key, value in found.items()}

    def put_preferences(self, name: str, values: Mapping[str, Value]) -> None:
        """Replaces `shared_prefs/<name>.xml`."""
        self.folder.write(f"shared_prefs/{name}.xml", write_preferences(values))

    def offline_settings(self) -> OfflineSettings:
        """From `offline_mode.xml`; defaults for what is missing or unreadable there."""
        values = self.preferences("offline_mode")
        visit, limit = values.get("last_visit_time", ""), values.get("cache_limit", "")
        default = OfflineSettings()
        return OfflineSettings(
            int(visit) / 1000 if visit.isdigit() else default.last_visit,
            int(limit) if limit.isdigit() else default.limit,
        )

    def put_offline_settings(self, settings: OfflineSettings) -> None:
        """Replaces `offline_mode.xml`."""
        visit = round(settings.last_visit * 1000)
        self.put_preferences(
            "offline_mode",
            {"last_visit_time": visit, "cache_limit": settings.limit, "only_wifi": True},
        )

    def opened(self) -> None:
        """Notes an app start; values fall on midnight UTC of the day, as on one examined image."""
        midnight = int(self._clock.now() // 86_400 * 86_400 * 1000)
        sql = "INSERT INTO app_open VALUES (?)"
        self.databases.change("TIKTOK.db", APP_OPEN, sql, [(midnight,)])

    def session_started(self, version: str) -> None:
        """A row of `ss_app_log.db`'s session table."""
        row = (self.session_id, int(self._clock.now() * 1000), version, 0)
        sql = "INSERT INTO session (value, timestamp, app_version, duration) VALUES (?, ?, ?, ?)"
        self.databases.change("ss_app_log.db", SESSION, sql, [row])

    def event(self, tag: str, label: str, details: Mapping[str, object], uid: str) -> None:
        """A row of `ss_app_log.db`'s event table (telemetry before it is sent)."""
        now = int(self._clock.now() * 1000)
        extra = json.dumps(dict(details), separators=(",", ":"))
        sql = (
            "INSERT INTO event (timestamp, category, tag, label, ext_json, session_id, user_id) "
            "VALUES (?, 'event_v3', ?, ?, ?, ?, ?)"
        )
        row = (now, tag, label, extra, self.session_id, int(uid or 0))
        self.databases.change("ss_app_log.db", EVENT, sql, [row])

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
                **self.preferences("aweme_user"),
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
