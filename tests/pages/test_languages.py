"""Followers, offline videos and drafts in seven languages and two builds, on the real screens."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from harness.attribution.comparing import fits
from tests.pages.simulated import simulated

LOCALES = ("en-US", "fr-FR", "de-DE", "es-ES", "pt-BR", "id-ID")
VERSIONS = ("43.1.4", "47.0.3")
ALL = [(locale, version) for locale in LOCALES for version in VERSIONS]
SAMPLE = random.Random("languages").sample(ALL, 3)
RIGHT_TO_LEFT = [("ar-EG", version) for version in VERSIONS]


def walk(folder: Path, locale: str, version: str) -> None:
    with simulated(folder, content="used", locale=locale, app_version=version) as phone:
        app = phone.app()
        app.open()
        profile = app.profile()
        assert profile.logged_in, profile.problem
        counters = profile.counters()
        people = profile.open_followers().wait()
        assert people.loaded, people.problem
        counts = people.counts()
        videos = app.offline_videos()
        listed = videos.listed(), videos.open(1, 1).result
        drafts = app.drafts()
        assert drafts is not None
        opened = drafts.open(1, 1).result

    exact: dict[str, int] = dict(
        zip(("follower_count", "following_count", "likes_count"), (1284, 97, 20_913), strict=True)
    )
    assert [fits(value, exact[value.name]) for value in counters[:3]] == [True] * 3
    assert fits(counts[0], 1284)
    assert counts[1].value
    assert listed[0] >= 6
    assert (listed[1], opened) == ("plays", "plays")


@pytest.mark.parametrize(("locale", "version"), SAMPLE)
def test_a_sample(tmp_path: Path, locale: str, version: str) -> None:
    walk(tmp_path, locale, version)


def test_written_from_right_to_left(tmp_path: Path) -> None:
    walk(tmp_path, *RIGHT_TO_LEFT[0])


REST = [*(pair for pair in ALL if pair not in SAMPLE), *RIGHT_TO_LEFT[1:]]


@pytest.mark.slow
@pytest.mark.parametrize(("locale", "version"), REST)
def test_the_others(tmp_path: Path, locale: str, version: str) -> None:
    walk(tmp_path, locale, version)
