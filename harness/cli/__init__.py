"""The command line: reads options, calls the sessions, prints, sets the exit code."""
