"""Settings of a machine: looked at, planned, applied; `sheet` has the verbs.

`standing` (how it is) and `planning` (what edits would do) are pure. `commanded` are the fields
that a verb of libvirt's sets; all others are patched into the definition, as declared in
`backend.xmldesc.settings`. How a field is changed on a machine that runs is in `live`, by field.
"""
