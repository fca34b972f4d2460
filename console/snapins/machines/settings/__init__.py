"""Settings of a machine: a sheet of pages over what the backend declares.

`draft` is what was entered and not handed in, `words` and `standing` how it is told; both know no
widget. `editors` make a field of a declaration, `page` a page of fields, `sheet` the whole.
"""
