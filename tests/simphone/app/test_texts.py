"""Labels in seven languages, and what the profile makes of each of them."""

from __future__ import annotations

import pytest

from harness.adapters.profile_file import load_profile
from harness.screens.messages import says
from harness.simphone.app.texts import TEXTS, language_of, texts_for

ENGLISH = TEXTS["en"]
MEANINGS = load_profile("tiktok").texts

SAME_IN = {
    ("fr", "followers"),
    ("de", "likes"),
    ("es", "offline_choice"),
    ("es", "offline_total"),
}
"""Words that the language shares with English; "Followers" is in a French dump."""

MEANT = {
    "captcha": "captcha",
    "captcha_failed": "no_internet",
    "two_step": "two_step",
    "new_device": "new_device",
    "too_often": "rate_limited",
    "too_many": "rate_limited",
    "banned": "account_banned",
    "birthday": "age_gate",
    "update_about": "forced_update",
    "no_internet": "no_internet",
    "no_network": "no_internet",
    "something_wrong": "something_wrong",
    "wrong_account": "wrong_password",
    "expired": "session_expired",
    "hidden_list": "private_list",
    "list_notice": "list_notice",
    "draft_broken": "cannot_open",
    "video_broken": "cannot_open",
    "offline_expired": "content_expired",
    "storage_full": "no_space",
    "pause_no_network": "no_internet",
    "pause_storage": "no_space",
    "no_videos": "empty_list",
}
"""Keys of labels that tell the harness something, with the meaning that it must find."""

ALSO = {
    "two_step_about": {"two_step"},
    "new_device_about": {"new_device"},
    "offline_none": {"empty_list"},
    "no_drafts": {"empty_list"},
    "day": {"age_gate"},
    "month": {"age_gate"},
    "year": {"age_gate"},
    "update": {"forced_update"},
    "too_many": {"something_wrong"},  # "try again later" is weaker, and comes second
}
"""Meanings that a label may have besides."""


@pytest.mark.parametrize("language", sorted(TEXTS))
def test_no_language_lacks_a_label_or_has_one_too_many(language: str) -> None:
    assert set(TEXTS[language]) == set(ENGLISH)
    assert all(text.strip() for text in TEXTS[language].values())


@pytest.mark.parametrize("language", sorted(set(TEXTS) - {"en"}))
def test_no_label_is_left_in_english(language: str) -> None:
    same = {key for key, text in TEXTS[language].items() if text == ENGLISH[key]}
    assert same == {key for name, key in SAME_IN if name == language}


@pytest.mark.parametrize("language", sorted(TEXTS))
def test_placeholders_and_lists_are_the_same_everywhere(language: str) -> None:
    assert "{name}" in TEXTS[language]["list_notice"]
    assert len(TEXTS[language]["topics"].split("|")) == 6


@pytest.mark.parametrize("language", sorted(TEXTS))
@pytest.mark.parametrize("key", sorted(MEANT))
def test_the_profile_understands_the_label(language: str, key: str) -> None:
    text = TEXTS[language][key].format(name="Someone")
    found = {meaning.id for meaning in MEANINGS if says(meaning, text)}
    assert MEANT[key] in found, text
    assert found <= {MEANT[key], *ALSO.get(key, set())}, text


@pytest.mark.parametrize("language", sorted(TEXTS))
def test_the_profile_reads_nothing_into_ordinary_labels(language: str) -> None:
    for key, text in TEXTS[language].items():
        if key not in MEANT:
            found = {meaning.id for meaning in MEANINGS if says(meaning, text)}
            assert found <= ALSO.get(key, set()), (key, text, found)


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        ("ar-EG", "ar"),
        ("fr-FR", "fr"),
        ("pt-BR", "pt"),
        ("id-ID", "id"),
        ("in_ID", "id"),
        ("it-IT", "en"),
    ],
)
def test_a_locale_without_labels_gets_the_default_ones(locale: str, language: str) -> None:
    assert language_of(locale) == language
    assert texts_for(locale) is TEXTS[language]
