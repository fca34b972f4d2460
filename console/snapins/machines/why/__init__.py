"""The page *Why is it slow?*: what `backend.diagnosis` found, in words, and where to go from there.

`causes` has each cause's words, `evidence` the figures', `verdict` what it comes to; all pure. How
it is judged is the backend's.
"""
