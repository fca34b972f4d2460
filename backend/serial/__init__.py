"""A machine's serial port: the bytes that come and go, never more of them than somebody can want.

`channel` is what every terminal holds; `backlog` keeps what nobody has read yet, within bounds. No
terminal is known here (what bytes look like is the console's), no libvirt
(`backend.hypervisor.consoles` opens the line) and no Qt.
"""
