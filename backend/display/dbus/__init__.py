"""QEMU's D-Bus display (org.qemu.Display1), peer to peer: no bus, no names, one socket each way.

A small process reads it (`reader`), since a peer that stops reading makes QEMU grow, whatever the
console does meanwhile; `channel` is what the console holds, `words` what the two say to each
other. `wire` and `message` are D-Bus, `stream` one direction of one socket, `screen` what QEMU
calls, `control` what is called there; all pure: bytes in, pixels and bytes out.

All but `channel` and `hands` run in the reader, which starts within the time that libvirt takes to
hand over the socket: the standard library alone, and no dataclasses.
"""
