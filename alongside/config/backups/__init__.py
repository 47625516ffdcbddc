"""Backups: a consistent copy, sealed to a key that is kept off the server, and the way back from it."""
