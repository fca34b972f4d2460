"""The one door between the engine's loop and Qt's.

`door` is the only place where the two threads meet; `mirror` is the GUI thread's own copy of what
is known; `loop` has asyncio's tasks go by Qt's queue, and `promises` holds those tasks and what
they wait for. `aside` does what blocks on this computer, and `keeper` keeps values in a file by it.
Knows the engine's surface, Qt and qasync; no widget, no snap-in.
"""
