"""How to speak to PingAccess, PingOne and the control door: raw requests, raw answers."""
