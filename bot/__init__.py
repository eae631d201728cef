"""Hold conversations: settings, wiring, the turn, channels, jobs and the command line."""
