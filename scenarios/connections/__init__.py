"""PingOne connections: how they are made, kept, proved at PingOne and shown."""
