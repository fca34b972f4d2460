"""New Virtual Machine: the wizard, a module a page, and the fields that its pages share.

What is known of the host while the wizard is open is the `Ground`. What is asked for is a
`backend.specs.MachineSpec`: each page fills in what is its own (`fill`), and says it in words.
"""
