"""Why a machine is slow: what its figures and its host's say of the likely bottleneck. Pure.

`quantities` is what is compared, `rules` when that is too much, `causes` each bottleneck declared
once, `examine` the judgement. Knows measures and courses; neither where they are read nor words.
"""
