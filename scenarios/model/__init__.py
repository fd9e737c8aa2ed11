"""Whatever is done in whatever order, against a model of the configuration."""
