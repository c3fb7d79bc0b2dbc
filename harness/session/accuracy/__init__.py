"""How often verdicts are right: every fault that a phone's control address offers, as trials."""
