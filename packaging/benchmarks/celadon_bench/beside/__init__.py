"""The program as its user has it, beside virt-manager, by one stop-watch that looks from outside.

`programs` says how each is started and where things stand in its window, `crowds` what they are
connected to, `visits` runs both in turn and takes the times, `compared` makes rows of them. All
that the named benchmarks want of a crowd is measured in one visit. Nothing here imports Qt: memory
that this process shared with ours would be counted half.
"""
