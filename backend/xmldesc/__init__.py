"""libvirt's XML descriptions to records and back, one module an object.

Pure: no choice (see `backend.defaults`), no I/O. `dump` is for new objects; an edit patches the
tree that libvirt returned (`tree.read`, then `tree.write`), so that nothing that we do not
understand is lost.
"""
