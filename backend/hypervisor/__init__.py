"""The one room that speaks libvirt: connections, events, reading, commands, and the embedded host.

Knows libvirt, the XML descriptions and the nouns; everything that blocks runs in a `workers` thread
under a deadline, and libvirtError ends in `connection` and `login`. Decisions live in
`backend.operations`.
"""
