"""The virtual switches of each host, to look at."""
