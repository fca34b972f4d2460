"""Ctrl+K: everything that can be found by a few letters, and done or gone to from there.

`finds` is what can be found, `ranking` how well words fit, `catalogue` puts both together; these
know no widgets. `sources` reads what there is from the registry, the tree, the lists and the menu
bar, so nothing is declared twice. `overlay` is what stands over the window, `field` what opens it.
"""
