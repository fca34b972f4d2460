"""The embedded host: a private libvirtd that the console starts, and finds again.

`daemon.ensure` gives a host on any machine with libvirtd and QEMU: for root with its own mount
namespace, for root in a container, for an ordinary user. Blocking code for a worker thread;
knows the standard library, libvirt and `backend.errors`, nothing of connections or the engine.
`daemon` says what becomes of its guests at logout and reboot.
"""
