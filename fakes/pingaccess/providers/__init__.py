"""Where tokens come from: PingFederate, OpenID providers and other issuers."""
