"""The account that a phone knows: its session, and what the app has cached of it."""

from __future__ import annotations

import json
import random

from harness.simphone.app.files import AppFiles
from harness.simphone.app.state import Profile
from harness.simphone.service.accounts import Account
from harness.simphone.used.planting import Planting


def profile_of(account: Account) -> Profile:
    """The own block as the app caches it."""
    return Profile(
        uid=account.uid,
        sec_uid=account.sec_uid,
        handle=account.user,
        nickname=account.nickname,
        followers=account.follower_count,
        following=account.following_count,
        likes=account.total_favorited,
        registered=account.registered,
    )


def put_account(files: AppFiles, account: Account, *, token: str | None) -> None:
    """Makes `account` the one in front, logged in with the session `token`.

    Without a token the app knows the account's cached block and nobody is logged in.
    """
    files.save_profile(profile_of(account))
    files.put_preferences("iuserstate", {"userid": account.uid, "sec_user_id": account.sec_uid})
    files.folder.make(f"files/offlinemode/{account.sec_uid}")
    if token is None:
        files.forget_account()
        return
    cookie = "; ".join(f"{name}={token}" for name in ("sessionid", "sessionid_ss", "sid_tt"))
    header = f"01{random.Random(token).randbytes(32).hex()}-1.0.1"  # follows the session
    files.put_preferences(
        "token_shared_preference",
        {"X-Tt-Token": header, "cookie": cookie, "flags": json.dumps({"multi": 1})},
    )


def plant_account(planting: Planting, token: str | None) -> None:
    """The account of a used phone, with the installation's ids."""
    put_account(planting.files, planting.account, token=token)
    planting.files.install_ids()
    label = planting.label
    label("shared_prefs/aweme_user.xml", "settings", "cached profile", on_server=True)
    label("shared_prefs/iuserstate.xml", "log_in", "who is logged in", on_server=True)
    label("shared_prefs/token_shared_preference.xml", "log_in", "log-in")
    label("shared_prefs/applog_stats.xml", "settings", "installation ids")
