"""A machine's screen: pixels and damage, keys and pointer, and the channels that carry them.

`channel` is what every viewer holds, whatever is behind it: `dbus` (QEMU's own, on this computer),
`rfb` (VNC) or `synthetic` (made up, in process). Protocols are pure: bytes in, pixels and bytes
out; only a channel has a socket and a thread, which nothing may hold up, neither the engine's loop
nor the GUI. Knows numpy, zlib and libjpeg-turbo; no libvirt (`backend.operations.display` opens the
sockets), no Qt.
"""
