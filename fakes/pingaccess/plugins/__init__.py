"""Plugins: their descriptors, their fields, and configurations held against them."""
