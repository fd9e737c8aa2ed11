"""Connections to PingOne: the credential read, spent, and only then stored."""
