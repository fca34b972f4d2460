"""What the console can do, one folder a snap-in, each a stranger to the others.

A snap-in's `snapin.py` is its table of contents; beside it stand its nodes, columns, actions, pages
and dialogs. May know `console.sdk`, `console.widgets` and the backend's nouns and verbs; never the
shell, the engine or libvirt. What two snap-ins need goes to the SDK; what they show is drawn there.
"""
