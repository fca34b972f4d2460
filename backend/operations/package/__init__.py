"""Machines with their disks as packages: out (`outgoing`) and in (`incoming`).

A package of ours is a folder with a list of contents (`manifest`), the description and the disks.
What others made (OVF, OVA) is read into the same noun (`contents`). Files are those of this
computer; what is on a host comes and goes by `images` and libvirt's streams.
"""
