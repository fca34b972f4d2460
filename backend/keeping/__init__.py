"""Files of ours in SQLite that several consoles share, on good and bad days.

`file` opens one, `custody` has one open if it can be had (damaged, it is set aside), `desk` is the
thread that nobody waits for, `clock` says whether the computer's can be believed. Knows neither
what is kept in a file nor what it is for: journal, history and album do.
"""
