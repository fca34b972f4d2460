"""A computer with an IOMMU, emulated, whose PCI and USB devices go into a guest of its own.

Not part of the suite: `python -m tests.live.passthrough`, as root, some minutes; what goes over the
network needs the package usbredirect. Its files are this computer's, read-only below an overlay, so
that it has the same libvirt and QEMU; its kernel is the one that the sample guest is built of. QEMU
emulates AMD's SVM, so its guest runs by KVM.
"""
