"""Risk policies: what their descriptors promise, and how they are made, kept and checked."""
