"""What was measured, kept: for a chart of the last hour or of the last year.

Knows samples and series; neither hosts nor libvirt, nor how a measure reads in words.
"""
