"""The whole configuration as one document: exported, imported, at once and as workflows."""
