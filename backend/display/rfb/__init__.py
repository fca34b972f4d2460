"""RFB, the protocol of VNC (RFC 6143, with QEMU's extensions), as its client.

`protocol` is pure: bytes in, pixels and bytes out. `line` is what it speaks over, in the clear or
under TLS; `login` gets it in, by what `access` may tell and whom `trust` believes; `messages` are
what it says, `decoders` one module for each encoding. `channel` has the socket and the thread;
`patience` and `gauge` tell it how long to wait, and how good the link is.
"""
