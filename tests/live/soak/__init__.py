"""Many random devices come and go, from two consoles and virsh at once, on a guest under load.

No tests of the suite: `packaging/soak --cycles 200` runs it, for as long as one likes. `console` is
a process with an engine of its own that plugs, `outsider` does the same with virsh, `traces` is
what is looked at before and afterwards; `__main__` has them work at once, and compares.
"""
