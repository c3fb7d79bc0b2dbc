"""How answers in files of other tools are read: as the recorder reads them on the wire."""

from __future__ import annotations

from dataclasses import dataclass

from harness.domain.profile import AppProfile
from harness.recorder.envelope import ReadsAnswers
from harness.redaction.redactor import Redactor

_KEY = b"diagnose-only-nothing-is-written"


@dataclass(frozen=True, slots=True)
class AnswersOf:
    """`reader` None: no app is described, an answer is what HTTP says of it."""

    redactor: Redactor
    reader: ReadsAnswers | None


def answers_of(profile: AppProfile | None) -> AnswersOf:
    """For one file, under one profile."""
    from harness.recorder.envelope import AnswerReader
    from harness.recorder.host_roles import HostRoles

    redactor = Redactor(_KEY, secrets=profile.secrets if profile else None)
    if profile is None:
        return AnswersOf(redactor, None)
    return AnswersOf(redactor, AnswerReader(profile, HostRoles(profile), redactor))
