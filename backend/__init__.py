"""The virtualization stack: hosts, inventory, operations, jobs, statistics.

Knows the standard library and, in `backend.hypervisor` alone, libvirt. Never Qt, never the console:
a window, a service and a test hold the same `backend.engine.Engine`. Pictures and words for people
live in `console`.
"""
