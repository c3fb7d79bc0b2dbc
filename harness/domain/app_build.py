"""Which build of the app a result is for: what was asked for, and what was there instead."""

from dataclasses import dataclass

from harness.domain.facts.device import AppPackage
from harness.domain.verdict import AppLabel


@dataclass(frozen=True, slots=True)
class BuildPin:
    """What the installed app is to be; None = anything.

    `version` is a version name ("43.1.4"), the begin of one ("43.1.*") or a version code
    ("2024301040"). `signer` is the certificate's SHA-256 in lower-case hex, or its begin
    of at least 8 digits.
    """

    version: str | None = None
    signer: str | None = None

    def __bool__(self) -> bool:
        return self.version is not None or self.signer is not None

    def over(self, wider: "BuildPin") -> "BuildPin":
        """This pin; what it leaves open is taken from `wider`."""
        return BuildPin(self.version or wider.version, self.signer or wider.signer)


def signer_problem(text: str) -> str | None:
    """Why `text` is no signer of a pin; None = it is one."""
    plain = plain_signer(text)
    if not 8 <= len(plain) <= 64 or set(plain) - set("0123456789abcdef"):
        return f"is no SHA-256 of a certificate: {text!r}; write its 64 hex digits, or at least 8"
    return None


def plain_signer(text: str) -> str:
    """As Android's tools and keytool print it (AB:CD:…), made one word in lower case."""
    return text.replace(":", "").replace(" ", "").lower()


def same_version(wanted: str, app: AppPackage) -> bool:
    """The installed build is one that the pin allows."""
    if wanted.endswith("*"):
        return app.version_name.startswith(wanted[:-1])
    return wanted in (app.version_name, str(app.version_code))


def deviations(pin: BuildPin, app: AppPackage) -> tuple[str, ...]:
    """Sentences on how the installed app differs from what was asked for; () = not at all."""
    found: list[str] = []
    if pin.version is not None and not same_version(pin.version, app):
        found.append(
            f"Version {pin.version} was asked for, {app.version_name} ({app.version_code})"
            " is installed."
        )
    if pin.signer is not None and app.signer_sha256 is None:
        found.append(f"Signer {pin.signer[:16]}… was asked for; who signed the app is not known.")
    elif pin.signer is not None and not str(app.signer_sha256).startswith(pin.signer):
        found.append(
            f"Signer {pin.signer[:16]}… was asked for, the app is signed by"
            f" {str(app.signer_sha256)[:16]}…"
        )
    return tuple(found)


def replaced(before: AppPackage, now: AppPackage) -> str | None:
    """Sentence on a build that took another's place during the run; None = it is the same."""
    if before.package != now.package:
        return f"{now.package} is in the place of {before.package} now."
    old, new = before.version_code, now.version_code
    if old != new:
        how = "updated" if new > old else "put back"
        by = f" by {now.installer}" if now.installer else ""
        return (
            f"During the run the app was {how}{by} from {before.version_name} ({old}) to"
            f" {now.version_name} ({new})."
        )
    if before.signer_sha256 != now.signer_sha256:
        return "During the run the app was replaced by one of another signer."
    return None


def label_of(app: AppPackage) -> AppLabel:
    """The build as verdicts carry it."""
    return AppLabel(
        app.package,
        app.version_name,
        app.version_code,
        app.signer_sha256,
        app.genuine,
        app.installer,
    )
