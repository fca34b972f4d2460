"""Where each setting stands in a <domain>, what it can be, and how it is written there. Pure.

Each field is declared once, in the module of its page; `catalogue` holds them all. A `Lens` reads a
value from a description and patches it in: what it does not know stays as it is. `harmony` keeps
true what libvirt wants of several values at once. What acts when is in `operations.settings`.
"""
