"""Why content on a phone is gone, or cannot be seen, by name, with the party that is answerable.

Each acts as its cause would: the app finds it at its next start, so it is stopped first.
"""

from __future__ import annotations

from dataclasses import replace

from harness.simphone.android import package_data
from harness.simphone.android.volumes import shared_roots
from harness.simphone.app.build import PACKAGE
from harness.simphone.app.files import AppFiles
from harness.simphone.app.kept.offline_videos import DAY, LIFE_UNUSED
from harness.simphone.contracts import Package
from harness.simphone.service.accounts import Account, make_account
from harness.simphone.target import ADOPTED, CARD, GIB, Target, Verb, flag
from harness.simphone.used.account import put_account

FREE_SHARE = 0.7
MOVED_CLOCK = LIFE_UNUSED + 5 * DAY
SHELL_SEES = ("open", "closed", "empty")


def _stopped(target: Target) -> tuple[Package, AppFiles]:
    """The app's files, while the app does not run. Raises ValueError when it is not installed."""
    phone = target.phone
    package = phone.packages.get(PACKAGE)
    if package is None:
        raise ValueError(f"{PACKAGE} is not installed on this phone")
    phone.activities.force_stop(PACKAGE)
    return package, AppFiles(phone.fs, phone.clock, package.name, package.uid, package.volume)


async def _offline_expired(target: Target, _value: object) -> None:
    _, files = _stopped(target)
    files.offline.age(LIFE_UNUSED)


async def _offline_trimmed(target: Target, value: object) -> None:
    _, files = _stopped(target)
    limit = 0 if value is True else value
    if isinstance(limit, bool) or not isinstance(limit, int):
        raise ValueError(f"offline_trimmed needs how many to leave, not {value!r}")
    files.put_offline_settings(replace(files.offline_settings(), limit=limit))


async def _offline_list_lost(target: Target, _value: object) -> None:
    _, files = _stopped(target)
    files.offline.forget()


async def _low_storage_trim(target: Target, value: object) -> None:
    _stopped(target)
    capacity = target.phone.fs.capacity
    capacity.free_bytes = GIB if flag(value) else int(capacity.total_bytes * FREE_SHARE)


async def _other_account(target: Target, value: object) -> None:
    _, files = _stopped(target)
    book = target.service.accounts
    own = target.account or next(iter(book.accounts.values()))
    account = _second(target, own) if flag(value) else own
    put_account(files, account, token=book.open_session(account))


def _second(target: Target, own: Account) -> Account:
    account = make_account(len(target.service.accounts.accounts), seed=None)
    account.nickname = f"{own.nickname} two"
    target.service.accounts.accounts[account.user] = account
    return account


async def _clock_moved(target: Target, value: object) -> None:
    _stopped(target)
    on = flag(value)
    target.phone.clock.offset = MOVED_CLOCK if on else 0.0
    target.phone.settings.put("global", "auto_time", "0" if on else "1")


async def _cache_cleared(target: Target, _value: object) -> None:
    _stopped(target)
    package = target.phone.packages.get(PACKAGE)
    volume = package.volume if package is not None else ""
    package_data.trim_cache(target.phone.fs, PACKAGE, volume)


async def _app_folders(target: Target, value: object) -> None:
    if value not in SHELL_SEES:
        raise ValueError(f"app_folders needs one of {', '.join(SHELL_SEES)}, not {value!r}")
    target.phone.fs.shell_sees_app_folders = value != "closed"
    target.phone.fs.lists_app_folders_empty = value == "empty"


async def _card(target: Target, value: object) -> None:
    fs, cards = target.phone.fs, target.phone.packages.cards
    if value not in ("inserted", "ejected"):
        raise ValueError(f"card needs inserted or ejected, not {value!r}")
    if target.adopted:
        cards.put_in(ADOPTED) if value == "inserted" else cards.take_out(ADOPTED, pulled=True)
        return
    inside = f"/storage/{CARD}" in shared_roots(fs)
    if value == "inserted" and not inside:
        fs.insert_card(CARD)
    if value == "ejected" and inside:
        fs.eject_card(CARD)


OFFLINE = ("offline_content",)

CONTENT_VERBS = (
    Verb(
        "offline_expired",
        "client",
        "failed",
        "offline videos past their life",
        _offline_expired,
        scopes=OFFLINE,
    ),
    Verb(
        "offline_trimmed",
        "client",
        "failed",
        "the app lowers its own limit",
        _offline_trimmed,
        scopes=OFFLINE,
    ),
    Verb(
        "offline_list_lost",
        "client",
        "failed",
        "the app loses its list",
        _offline_list_lost,
        scopes=OFFLINE,
    ),
    Verb(
        "low_storage_trim",
        "device",
        "failed",
        "1 GiB left: the app trims",
        _low_storage_trim,
        scopes=OFFLINE,
    ),
    Verb(
        "other_account",
        "account",
        "failed",
        "somebody else is logged in",
        _other_account,
        scopes=OFFLINE,
    ),
    Verb(
        "clock_moved",
        "device",
        "failed",
        "the clock is 95 days ahead",
        _clock_moved,
        scopes=OFFLINE,
    ),
    Verb("cache_cleared", "none", "passed", "the app's caches are emptied", _cache_cleared),
    Verb(
        "card",
        "none",
        "passed",
        "the card, portable or adopted, is put in or pulled out",
        _card,
        value="ejected",
        scopes=OFFLINE,
    ),
    Verb(
        "app_folders",
        "none",
        "passed",
        "what adb sees of Android/data",
        _app_folders,
        value="closed",
        scopes=OFFLINE,
    ),
)
