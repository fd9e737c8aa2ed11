"""The product itself: settings, licence, nodes, agents, and the values that settings can have."""
