"""The product's own proof: a real window, real input, real guests, evidence from outside of it.

`evidence` asks virsh and the guest, never the program. `person` points and types at widgets that
can be seen. `chapters/` hold what is shown; `report` writes it down. Never calls an action, a slot
or a verb.
"""
