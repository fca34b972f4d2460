"""What a click does, as text: for virsh, and as a program on this backend. Pure, no I/O.

A script is made from the verb and its arguments (`request`), never from a button. `spellings` knows
how each verb reads in virsh (`call`); `virsh` and `python` write the whole text. A remark in a
script is a Problem: an id and arguments, to which the client puts the words.
"""
