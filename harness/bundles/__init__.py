"""Bundles: one failure in one small file, replayed elsewhere and shrunk to what it needs."""
