"""Alerts: figures that are beyond a threshold for too long.

Here live one series against one threshold (`vigil`), all of them (`watchman`), the thresholds as
JSON (`written`), those that a new installation begins with (`usual`), and what makes records and
entries of the journal of it all (`keeper`). All but the last is pure: a clock is what samples
say. Who keeps the thresholds and who shows the alerts is the client's matter; the nouns are in
`backend.thresholds`.
"""
