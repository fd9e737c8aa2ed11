"""The requests of the vendor's own scripts, in their order and their words."""
