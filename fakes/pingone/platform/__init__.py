"""The platform API: organization, directory, applications and gateways, and who may do what."""
