"""The window: MMC's three panes, rendered from what snap-ins declare.

`window` puts it together; `guide` keeps tree, result and actions on one node; `registry` and
`action_set` hold every action once. Knows the SDK, the widgets and the bridge; never a snap-in.
What a machine is, it does not know.
"""
