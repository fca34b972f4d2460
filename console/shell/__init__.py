"""The window: MMC's three panes, rendered from what snap-ins declare.

Knows the SDK, the widgets and the bridge; never a snap-in. What a machine is, it does not know.
"""
