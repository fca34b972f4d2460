"""The virtual machines of each host: their list, their details and everything one does to them.

`standing` says how a machine stands (word, mark, trouble and the way on); `columns`, `actions` and
`nodes` are tables over it; `pages` and `dialogs` are the Qt part. Verbs are `backend.operations`.
"""
