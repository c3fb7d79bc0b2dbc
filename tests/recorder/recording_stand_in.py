"""A recording that keeps its observations in a list."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

from harness.adapters.observation_file import ObservationWriter
from harness.domain.facts import Facts
from harness.domain.profile import (
    AppProfile,
    Endpoint,
    EnvelopeShape,
    HostRole,
    Limits,
    Need,
    Secrets,
)
from harness.domain.resolve import ResolveMap
from harness.recorder.envelope import AnswerReader
from harness.recorder.host_roles import HostRoles
from harness.recorder.recording import Recording
from harness.recorder.settings import Settings
from harness.redaction.redactor import Redactor

KEY = b"k" * 32
PROFILE = AppProfile(
    name="demo",
    title="Demo",
    packages=("com.example",),
    launch_activity=".Main",
    hosts=(
        HostRole("api*.example.com", "api"),
        HostRole("passport.example.com", "passport"),
        HostRole("*.cdn.example.com", "cdn"),
    ),
    needs={
        "login": Need(
            "login",
            (Endpoint("/passport/user/login/*", "POST", ("passport",)),),
            "the log-in service",
            expects=("data.user_id", "data.session_key"),
            values={"user": "data.user_id"},
        ),
        "followers": Need(
            "followers",
            (Endpoint("/v1/follower/list*"),),
            "the follower list",
            expects=("total", "followers"),
            values={"follower_count": "total", "rows": "followers", "title": "extra.title"},
        ),
    },
    envelopes=(
        EnvelopeShape(
            "passport",
            code=("data.error_code",),
            message=("data.description",),
            success_when={"message": "success"},
            hosts=("passport",),
        ),
        EnvelopeShape(
            "app",
            code=("status_code",),
            message=("status_msg",),
            logid=("extra.logid", "header:x-tt-logid"),
            server_time=("extra.now",),
        ),
    ),
    codes=(),
    texts=(),
    secrets=Secrets(drop=("session_key",), pseudonym=("user",)),
    limits=Limits(),
)


def settings(**changes: Any) -> Settings:
    given: dict[str, Any] = {
        "observations": Path("unused"), "mitm": None, "device": "phone-1", "host": "lab",
        "profile": None, "run_key_file": None, "ready_file": None, "control_file": None,
        "losses_file": None, "foreign_pass": False, "resolve": ResolveMap(), "auto_pass_after": 0,
        "watch_stdin": False,
    }  # fmt: skip
    return Settings(**(given | changes))


class Kept(Recording):
    """Recording whose `write` appends to `seen`."""

    def __init__(self, *, profile: AppProfile | None = None, **changes: Any) -> None:
        redactor = Redactor(KEY, secrets=profile.secrets if profile else None)
        roles = HostRoles(profile)
        super().__init__(
            settings=settings(**changes),
            writer=cast("ObservationWriter", None),
            redactor=redactor,
            roles=roles,
            profile=profile,
            reader=AnswerReader(profile, roles, redactor) if profile else None,
        )
        self.seen: list[tuple[str, Any]] = []

    def write(self, kind: str, facts: Facts) -> None:
        self.seen.append((kind, facts))

    @property
    def kinds(self) -> list[str]:
        return [kind for kind, _ in self.seen]
