"""Spoiled and unusual tokens: as the credential of a connection, and as PingOne's subject token."""
