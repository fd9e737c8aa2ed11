"""What Protect knows of an event, remembers of it, and makes of both."""
