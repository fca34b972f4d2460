"""The one door between the engine's loop and Qt's.

`door` is the only place where the two threads meet; `mirror` is the GUI thread's own copy of what
is known; `promises` lets the GUI's coroutines wait for either without a second event loop.
Knows the engine's surface and Qt; no widget, no snap-in.
"""
