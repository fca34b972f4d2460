"""How fast the program is, beside its goals and beside a peer where there is one to measure.

`benchmarks/` has a module for each benchmark: `measure()` returns rows. `rows` writes them down,
`rig` is the real window in this process with figures put in at the engine's door, `screen` a
stop-watch for any program from outside.
"""
