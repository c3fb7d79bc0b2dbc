"""From how near this phone lets us look, and how a script is run from there."""

import re
from dataclasses import dataclass

from harness.adapters.adb.device import quote
from harness.domain.storage import Tier

SU_FORMS = ("su 0 sh -c", "su -c", "su root sh -c")
"""An emulator's su takes a uid and words, those of su managers one text."""


@dataclass(frozen=True, slots=True)
class Access:
    """`su`: the form of su that gave root; "" in the other tiers."""

    tier: Tier
    package: str
    user: int = 0
    su: str = ""

    @property
    def root(self) -> bool:
        """Every place of the phone can be read."""
        return self.tier in {Tier.ADB_ROOT, Tier.SU}

    @property
    def inside(self) -> bool:
        """The app's private folder can be read."""
        return self.root or self.tier is Tier.RUN_AS

    def private(self, script: str) -> str:
        """`script` as somebody who may look into the app's private folder."""
        if self.tier is Tier.RUN_AS:
            user = f" --user {self.user}" if self.user else ""
            return f"run-as {self.package}{user} sh -c {quote(script)}"
        return self.shared(script)

    def shared(self, script: str) -> str:
        """`script` as somebody who may look into shared storage."""
        return f"{self.su} {quote(script)}" if self.su else script


def probes(package: str, user: int = 0) -> dict[str, str]:
    """Commands that show the tier, by name; each is harmless where it is refused.

    su is asked only where there is one, and with a limit: its manager may ask a person.
    """
    user_words = f" --user {user}" if user else ""
    found = {"id": "id", "run_as": f"run-as {package}{user_words} id 2>&1"}
    for index, form in enumerate(SU_FORMS):
        found[f"su{index}"] = f"command -v su >/dev/null && timeout 5 {form} id 2>&1"
    return found


def choose_access(answers: dict[str, str], package: str, user: int, *, open_data: bool) -> Access:
    """The nearest tier that the answers to `probes` prove. `open_data`: see canary."""
    if _is_root(answers.get("id", "")):
        return Access(Tier.ADB_ROOT, package, user)
    for index, form in enumerate(SU_FORMS):
        if _is_root(answers.get(f"su{index}", "")):
            return Access(Tier.SU, package, user, form)
    if "u:r:runas_app:" in answers.get("run_as", ""):
        return Access(Tier.RUN_AS, package, user)
    return Access(Tier.SHELL_OPEN if open_data else Tier.SHELL_CLOSED, package, user)


def _is_root(text: str) -> bool:
    """By the uid, not by an exit code: those say little here (reference 2.1)."""
    return re.search(r"^uid=0\(", text.strip()) is not None
