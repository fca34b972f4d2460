"""How settings are changed on a machine that runs: one `Way` a field, listed in `ways`."""
