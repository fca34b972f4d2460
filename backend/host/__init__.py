"""One managed machine: its connections, its slice of the inventory kept in step, its figures.

`managed` is what the operations hold; `life` keeps it connected, by a `way` to it and an
`admission`, with `questions` to the user and `credentials`; `follow` turns hints and listings into
records; `watch` reads figures while somebody looks. `book` holds them all. Knows the
hypervisor room and the inventory, no verbs: see `operations`.
"""
