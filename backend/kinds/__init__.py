"""The kinds of devices that come and go beside drives and adapters, each declared once.

What it is in libvirt's words, what one chooses of it, when it can come and when it can go, what
shows that a guest uses it. Pure: facts come in, reasons and parts go out. A new kind is one
`PartKind` here and its words in the console; XML in general is `backend.xmldesc.parts`.
"""
