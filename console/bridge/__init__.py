"""The one door between the engine's loop and Qt's.

`door` is the only place where the two threads meet; `mirror` is the GUI thread's own copy of what
is known; `loop` has asyncio's tasks go by Qt's queue, and `promises` holds those tasks and what
they wait for. Knows the engine's surface, Qt and qasync; no widget, no snap-in.
"""
