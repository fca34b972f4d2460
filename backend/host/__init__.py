"""One managed machine: its connections, its slice of the inventory kept in step, its figures.

`managed` is what the operations hold; `follow` turns hints and listings into records; `watch`
reads figures while somebody looks. Knows the hypervisor room and the inventory, no verbs: see
`operations`.
"""
