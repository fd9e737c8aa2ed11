"""The fake PingAccess."""
