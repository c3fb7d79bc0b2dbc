"""From observations to evidence to verdicts. Standard library only, no I/O."""
