"""What people and machines read of a run; built from the run folder alone."""
