"""Detail pages of one machine, as tabs below the list and as the view of its own node.

They follow the record they are given and watch it only while somebody sees them.
"""
