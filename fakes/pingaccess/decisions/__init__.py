"""The decisions of the fake PingAccess, by what they are about."""
