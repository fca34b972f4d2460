"""Figures for Prometheus, and from it: the endpoint that it reads, and the queries that read it.

`names` says what each series is called there, which both agree on. Knows samples and series;
neither hosts nor libvirt.
"""
