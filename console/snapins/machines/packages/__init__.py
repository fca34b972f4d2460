"""Export and Import: a machine with its disks as a package in a folder of this computer."""
