"""The way to a host by OpenSSH: one connection a host, its questions put to the user by us.

`target` says where to go, `questions` and `failures` read what ssh asks and how it ends, `askpass`
is the program that ssh asks through and `ear` hears it, `known_hosts` knows keys, `master` is the
connection. libvirt itself goes through it as if it had called ssh.
"""
