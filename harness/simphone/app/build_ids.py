"""Obfuscated resource ids of one build; they change with each version.

Values of 43.1.4 as measured in public UI dumps; where the dumps name none, the
screens use ids written by people (`txt_…`) or none at all. Of 47.0.3 the dumps
name `people`, the `row_…` ids and `list_notice`; `profile` is from a dump of 2026-05-02
of a version not stated; the others are made up, different from 43.1.4 as real ones are.
"""

from __future__ import annotations

from collections.abc import Mapping

V43_1_4: Mapping[str, str] = {
    "tabs": "mky",
    "home": "mkq",
    "friends": "mkp",
    "create": "mkn",
    "inbox": "mkr",
    "profile": "mks",
    "counter_value": "qfw",
    "counter_label": "qfv",
    "handle": "qh5",
    "name": "qf8",
    "people": "s6p",
    "row_name": "yhq",
    "row_handle": "ygv",
    "row_button": "rdh",
    "login_title": "nmh",
    "login_button": "emm",
    "login_tab": "e52",
    "save_login": "o4e",
    "settings": "d_w",
    "like_share": "f57",
    "empty_state": "w4m",
    "list_notice": "ikr",
    "cover": "cover",
}

V47_0_3: Mapping[str, str] = {
    **V43_1_4,
    "tabs": "ncy",
    "home": "ncq",
    "friends": "ncp",
    "create": "ncn",
    "inbox": "ncr",
    "profile": "nce",
    "counter_value": "rfk",
    "counter_label": "rfj",
    "handle": "rgt",
    "name": "rf2",
    "people": "v2z",
    "row_name": "txt_user_name",
    "row_handle": "txt_desc",
    "row_button": "u9f",
    "login_title": "odm",
    "login_button": "f1k",
    "login_tab": "eh4",
    "save_login": "p2r",
    "settings": "dk8",
    "like_share": "fp3",
    "empty_state": "xk2",
    "list_notice": "k26",
}

BUILDS: Mapping[str, Mapping[str, str]] = {"43.1.4": V43_1_4, "47.0.3": V47_0_3}


def ids_of(version: str) -> Mapping[str, str]:
    """The ids of the newest build that is not newer than `version` ("44.2.0" has 43.1.4's).

    The oldest build's for a version before all of them or one that is no version.
    """
    wanted = parts(version)
    known = [name for name in BUILDS if parts(name) <= wanted]
    return BUILDS[max(known, key=parts, default="43.1.4")]


def parts(version: str) -> tuple[int, ...]:
    """(43, 1, 4) of "43.1.4"; what is no number counts as 0."""
    return tuple(int(part) if part.isdigit() else 0 for part in version.split("."))
