"""What asks about a way to a host: where it is, and what it wants to know before it lets one in."""
