"""Alerts: the marks in the tree, and the dialog of the thresholds.

`marks` says what stands in the tree, `dialog` lists the thresholds, `edit` changes one, `typed`
reads what was typed. Which alerts there are is the engine's (`backend.alerts`), what they are
called is `console.sdk.alert_words`, and how they look on a page `console.sdk.alert_banner`.
"""
