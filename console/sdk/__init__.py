"""What a snap-in may use: the words of MMC as types.

`snapin`, `nodes`, `actions`, `views` and `context` are data and protocols without Qt; `forms` has
the Qt base classes of dialogs and pages; `wording` turns the backend's nouns and errors into
sentences; `kept_file` is the one way in which a file of ours is written. Knows the backend's nouns
and verbs. The shell renders what is declared here; look there for how.
"""
