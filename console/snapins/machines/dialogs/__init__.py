"""What is asked before a machine is made, or is gone. A verb does the work."""
