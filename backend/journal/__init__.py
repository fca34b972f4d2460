"""What happened to each thing, when, and by whom: kept across restarts of the console.

`entry` has the nouns; `scribe` hears events, changes and jobs and sums them up; `hearing`,
`standing` and `attribution` are its pure parts; `keeper` is what others hold, `store` the
SQLite file, `rows` its lines. Knows typed events, jobs and records; no verbs, no prose: words are
the client's.
"""
