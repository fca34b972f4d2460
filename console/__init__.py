"""The console after MMC's model: scope pane, result pane, actions pane, and the snap-ins in them.

Knows Qt and the backend's nouns and verbs. Never libvirt and never XML: those end in `backend`.
"""
