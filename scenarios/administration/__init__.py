"""The admin API itself, and the objects that stand around a risk policy."""
