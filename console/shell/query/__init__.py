"""The language of the filter: what may be typed, what it means, and help while one types.

`grammar` turns a text into terms and never fails; `matching` holds a term against a row; `advice`
puts into words what was not understood and proposes how to go on. Knows the columns' declarations,
no widget and no record.
"""
