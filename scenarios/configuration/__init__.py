"""Configuration archives: what an export holds, and what an import does and refuses."""
