"""The keynote: the program shown to an audience, act by act, with captions and a presenter's key.

What an audience sees are the program's own lists, screens and wizards, gone through as a person
would; the machines and what is done to them come from the backend's verbs. May know shell and
snap-ins, and is known to nobody but the composition root. Proof that all this works is the tour's
business (`packaging/tour`), not this room's: here the show must go on, whatever goes wrong.
"""
