"""What the app takes over from its files at a start, a log-in and a log-out."""

from __future__ import annotations

from harness.simphone.app.context import Context


def take_account(context: Context, uid: str, sec_uid: str) -> None:
    """Notes whose account it is and makes its offline folder. Raises OSError."""
    context.state.uid, context.state.sec_uid = uid, sec_uid
    context.files.put_preferences("iuserstate", {"userid": uid, "sec_user_id": sec_uid})
    context.files.folder.make(f"files/offlinemode/{sec_uid}")


def restore_account(context: Context) -> None:
    """The account of the last run."""
    known = context.files.preferences("iuserstate")
    context.state.uid = known.get("userid", "")
    context.state.sec_uid = known.get("sec_user_id", "")


def clean_offline(context: Context) -> None:
    """The start-up task of the offline mode."""
    now, free = context.phone.clock.now(), context.phone.fs.usage("/data")[1]
    try:
        done = context.files.offline.clean(context.files.offline_settings(), now=now, free=free)
    except OSError as error:
        context.log("OfflineMode", f"start-up task: {error}", "W")
        return
    context.state.offline.expired = done.expired > 0
    for reason in ("expired", "trimmed", "orphans"):
        count = getattr(done, reason)
        if count:
            context.log("OfflineMode", f"start-up task: {count} {reason}")
            context.track("offline_mode_cache_clear", reason=reason, count=count)


def load_kept(context: Context) -> None:
    """Reads the lists of the account in front; none when nobody is logged in."""
    state, files = context.state, context.files
    state.offline.videos = tuple(files.offline.of_account(state.sec_uid)) if state.logged_in else ()
    state.drafts.drafts = tuple(files.drafts.of_user(state.uid)) if state.logged_in else ()
