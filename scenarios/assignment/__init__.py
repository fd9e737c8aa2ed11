"""Applications and their resources, and how risk policies are assigned to them."""
