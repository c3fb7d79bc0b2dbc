"""Obfuscated resource ids of one build; they change with each version.

Values of 43.1.4 as measured in public UI dumps; where the dumps name none, the
screens use ids written by people (`txt_…`) or none at all.
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
    "list_notice": "k26",
}

BUILDS: Mapping[str, Mapping[str, str]] = {"43.1.4": V43_1_4, "47.0.3": V47_0_3}
