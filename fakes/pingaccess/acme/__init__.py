"""ACME: servers, accounts, orders and the certificates that are asked of them (RFC 8555)."""
