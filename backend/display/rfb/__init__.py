"""RFB, the protocol of VNC (RFC 6143, with QEMU's extensions), as its client.

`protocol` is pure: bytes in, pixels and bytes out; `login` and `messages` are its parts, `decoders`
one module for each encoding; `channel` has the socket and the thread.
"""
