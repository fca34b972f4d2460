"""Adapters of guests that run, on switches of Open vSwitch: plugged in, in VLANs, moved, unplugged.

Not part of the suite: `PYTHONPATH=.:packaging/tour python -m tests.live.openvswitch` as root, a
minute. The package openvswitch-switch is needed, its kernel module is not: the switches are made
with the datapath that runs as a program. An Open vSwitch that runs already is used as it is.
"""
