"""The rules in their order: the first that applies decides.

Tries that ended well come first, then a restart of the phone, our own machinery, the phone
and the gates, then the layers from the ground up; what remains is admitted.
"""

from harness.attribution.rule import Rule
from harness.attribution.rules.answers import ANSWERS
from harness.attribution.rules.between import BETWEEN
from harness.attribution.rules.broken_off import BROKEN_OFF
from harness.attribution.rules.content import CONTENT
from harness.attribution.rules.device import DEVICE
from harness.attribution.rules.ending import CAPTURE_ENDINGS, ENDINGS
from harness.attribution.rules.envelopes import ENVELOPES
from harness.attribution.rules.gate import GATES
from harness.attribution.rules.harness import HARNESS
from harness.attribution.rules.last import LAST
from harness.attribution.rules.machinery import MACHINERY
from harness.attribution.rules.network import NETWORK
from harness.attribution.rules.not_compared import NOT_COMPARED
from harness.attribution.rules.not_reached import NOT_REACHED
from harness.attribution.rules.opaque import OPAQUE
from harness.attribution.rules.process import PROCESS
from harness.attribution.rules.reach import REACH
from harness.attribution.rules.restart import RESTART
from harness.attribution.rules.screen import SCREEN
from harness.attribution.rules.sent_elsewhere import SENT_ELSEWHERE
from harness.attribution.rules.tls import SERVER_TLS
from harness.attribution.rules.tls_app import CLIENT_TLS
from harness.attribution.rules.values import VALUE_RULES
from harness.attribution.rules.waiting import WAITING
from harness.attribution.rules_version import RULES_VERSION

__all__ = ["RULES_VERSION", "TABLE", "rule_by_id"]

TABLE: tuple[Rule, ...] = (
    *NOT_COMPARED,
    *ENDINGS,
    *RESTART,
    *MACHINERY,
    *HARNESS,
    *DEVICE,
    *GATES,
    *PROCESS,
    *CONTENT,
    *NETWORK,
    *BETWEEN,
    *REACH,
    *SERVER_TLS,
    *CLIENT_TLS,
    *WAITING,
    *SENT_ELSEWHERE,
    *BROKEN_OFF,
    *ANSWERS,
    *ENVELOPES,
    *VALUE_RULES,
    *SCREEN,
    *NOT_REACHED,
    *OPAQUE,
    *CAPTURE_ENDINGS,
    *LAST,
)


def rule_by_id(rule_id: str) -> Rule | None:
    """The rule of that id."""
    return next((rule for rule in TABLE if rule.id == rule_id), None)
