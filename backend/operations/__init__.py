"""The verbs: one function for each thing that somebody can want, the same for every client.

Each takes the host and the reference first, decides, tells the hypervisor, and returns when the
inventory shows the effect; `backend.engine` runs it as a job. Errors are ours, words are the
client's.
"""
