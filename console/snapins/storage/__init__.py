"""Where virtual hard disks lie: the storage pools of each host and their volumes, to look at."""
