"""Profiles: the shipped ones are right, wrong ones are refused with file, line and key."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from harness.adapters.profile_file import known_profiles, load_profile
from harness.attribution.matching import Matcher
from harness.domain.vocabulary import Outcome, Party

LEAST = "name: x\ntitle: X\n"


@pytest.mark.parametrize("name", ["tiktok", "plain", "generic"])
def test_shipped_profiles_load(name: str) -> None:
    profile = load_profile(name)
    assert profile.name == name
    assert name in known_profiles()
    for need in profile.needs.values():
        assert need.label
        assert need.endpoints
        names = {*need.positive, *need.nonempty, *need.at_least, *need.same_as}
        assert names <= set(need.values), need.name


def test_needs_of_other_answers_exist() -> None:
    profile = load_profile("tiktok")
    for need in profile.needs.values():
        for reference in need.same_as.values():
            other, _, value = reference.partition(".")
            assert value in profile.needs[other].values


@pytest.mark.parametrize(
    ("family", "code", "meaning", "outcome", "party"),
    [
        ("passport", 1009, "wrong_password", "failed", "account"),
        ("passport", 7, "rate_limited", "blocked", "account"),
        ("passport", 1105, "captcha", "blocked", "account"),
        ("passport", 1034, "too_many_attempts", "blocked", "account"),
        ("passport", 2135, "two_step", "blocked", "account"),
        ("app", 8, "session_expired", "failed", "account"),
        ("app", 2096, "list_private", "failed", "account"),
    ],
)
def test_codes_mean_what_their_sources_say(
    family: str, code: int, meaning: str, outcome: str, party: str
) -> None:
    found = Matcher(load_profile("tiktok")).code(family, code)
    assert found is not None
    assert (found.meaning, found.outcome, found.party) == (
        meaning,
        Outcome(outcome),
        Party(party),
    )
    assert found.source


def test_codes_without_a_source_or_with_conflicting_ones_are_not_in_the_table() -> None:
    matcher = Matcher(load_profile("tiktok"))
    assert [matcher.code("passport", code) for code in (2154, 2150, 1003)] == [None] * 3
    assert all(code.source for code in matcher.profile.codes)


@pytest.mark.parametrize(
    ("host", "role", "region"),
    [
        ("api16-normal-c-useast1a.tiktokv.com", "api", "useast1a"),
        ("api22-normal-c-alisg.tiktokv.com", "api", "alisg"),
        ("api16-normal-useast5.tiktokv.us", "api", "useast5"),
        ("log19-normal-useast1a.tiktokv.com", "telemetry", "useast1a"),
        ("mon-va.byteoversea.com", "telemetry", "va"),
        ("verification-va.tiktokv.com", "captcha", "va"),
        ("v16m-default.tiktokcdn.com", "cdn", None),
        ("webcast16-normal-c-useast1a.tiktokv.com", "live", "useast1a"),
        ("www.gstatic.com", "control", None),
        ("ads.example.com", "other", None),
    ],
)
def test_hosts_have_roles_and_regions(host: str, role: str, region: str | None) -> None:
    matcher = Matcher(load_profile("tiktok"))
    assert (matcher.role(host), matcher.region(host)) == (role, region)


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("You are visiting our service too frequently.", "rate_limited"),
        ("Maximum number of attempts reached. Try again later.", "rate_limited"),
        ("Drag the slider to fit the puzzle", "captcha"),
        ("Incorrect account or password", "wrong_password"),
        ("No network connection", "no_internet"),
        ("No internet connection", "no_internet"),
        ("Something went wrong", "something_wrong"),
        ("Sorry, TikTok isn't available right now", "region_ban"),
        ("Your account was permanently banned", "account_banned"),
        ("When's your birthday?", "age_gate"),
        ("Verify it's you", "two_step"),
        ("Pas de connexion Internet", "no_internet"),
        ("Keine Internetverbindung", "no_internet"),
        ("No videos yet", "empty_list"),
        ("Only sprout_lane can see all followers", "list_notice"),
        ("Verify this device", "new_device"),
        ("New device detected", "new_device"),
        ("You're logging in from a new device", "new_device"),
        ("Confirme cet appareil", "new_device"),
        ("Bestätige dieses neue Gerät", "new_device"),
        ("Verifica tu dispositivo", "new_device"),
        ("Novo dispositivo detectado", "new_device"),
        ("Verifikasi perangkat ini", "new_device"),
        ("تحقق من هذا الجهاز", "new_device"),
        ("Log in with previous device", None),
        ("Save login info on this device", None),
        ("Log in", None),
        ("Followers", None),
    ],
)
def test_texts_are_known(text: str, meaning: str | None) -> None:
    found = Matcher(load_profile("tiktok")).text(text)
    assert (found.id if found else None) == meaning


def test_the_file_can_be_given_by_path(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(f"{LEAST}limits: {{log_ins_per_run: 2}}\n", encoding="utf-8")
    profile = load_profile(str(path))
    assert profile.limits.log_ins_per_run == 2
    assert profile.secrets.drop == ()


@pytest.mark.parametrize(
    ("more", "why"),
    [
        (
            "packges: [a]\n",
            r"mine\.yaml:3: 'packges' is not known in 'mine\.yaml'; did you mean 'packages'",
        ),
        (
            "hosts:\n  - {pattern: a, role: apy}\n",
            r"mine\.yaml:4: 'hosts\[0\].role' must be one of",
        ),
        ("needs: {login: {endpoints: []}}\n", "'needs.login' needs the key 'label'"),
        ("region_pattern: '('\n", "regular expression"),
        (
            "texts: [{id: a, text: b, patterns: {en: ['(']}}]\n",
            r"'texts\[0\].patterns.en\[0\]' must be a regular expr",
        ),
        (
            "texts: [{id: a, text: b, patterns: {en: }}]\n",
            "'texts.0..patterns.en' must be text, not",
        ),
        ("codes: [{family: a, code: 1.5}]\n", "must be a whole number"),
        ("limits: {log_ins_per_run: -1}\n", "must be a whole number from 0 to 100, not '-1'"),
        ("version: 1\n", "'version' must be text, not '1'; put it in quotes"),
        ("packages:\n", "'packages' must be text, not empty"),
        ("codes: [{family: a, code: x}]\n", "must be a whole number"),
        ("codes: [{family: a, code: 1, party: nobody}]\n", "must be one of none, server"),
        (
            "needs: {a: {label: b, endpoints: [{path: x, host_roles: [y]}]}}\n",
            "'y' is not",
        ),
    ],
)
def test_a_wrong_profile_is_refused(tmp_path: Path, more: str, why: str) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(f"{LEAST}{more}", encoding="utf-8")
    with pytest.raises(ValueError, match=why) as caught:
        load_profile(str(path))
    assert "mine.yaml" in str(caught.value)


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(ValueError, match="shipped are generic, plain, tiktok"):
        load_profile("tictoc")


@pytest.mark.parametrize("name", ["tiktok", "plain"])
def test_everything_that_a_profile_stores_has_a_class_and_a_source(name: str) -> None:
    storage = load_profile(name).storage
    classes = {entry.name for entry in storage.classes}

    assert {entry.content for entry in (*storage.files, *storage.rows)} <= classes
    assert all(entry.source for entry in (*storage.files, *storage.rows, *storage.lives))
    assert all(entry.returns for entry in storage.classes)


GATES = ("captcha", "two_step", "new_device", "rate_limited", "account_banned", "age_gate",
         "region_ban", "forced_update")  # fmt: skip


@pytest.mark.parametrize("gate", GATES)
def test_every_gate_is_known_in_seven_languages_and_blocks(gate: str) -> None:
    (found,) = [text for text in load_profile("tiktok").texts if text.id == gate]
    assert set(found.patterns) >= {"en", "fr", "de", "es", "pt", "id", "ar"}
    assert all(found.patterns.values())
    assert (found.kind, found.outcome) == ("gate", Outcome.BLOCKED)


@pytest.mark.parametrize("name", known_profiles())
def test_the_patterns_of_a_shipped_profile_are_regular_expressions(name: str) -> None:
    """They are not checked when it is loaded."""
    texts = load_profile(name).texts
    patterns = [p for text in texts for several in text.patterns.values() for p in several]
    assert [re.compile(pattern, re.IGNORECASE).pattern for pattern in patterns] == patterns
