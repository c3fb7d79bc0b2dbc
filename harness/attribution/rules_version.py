"""Version of the rule table; raised whenever a rule is added or means something else."""

RULES_VERSION = "2026.11.12"
