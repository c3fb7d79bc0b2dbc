"""In which order a phone's scenarios run: what changes its state comes after what looks at it.

Offline content 10, followers 20, log-in 30, reinstall 40 (DECISIONS: order on a phone).
"""

USUAL_ORDER = 20
"""Of a scenario whose marker names none."""
