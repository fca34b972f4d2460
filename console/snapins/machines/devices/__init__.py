"""The wizards that add devices to machines and take them away, and what both know and say.

What is possible is asked of the backend (`operations.device.look`) and never guessed here; that a
guest has a device, or let it go, is said only where a step of the job says so.
"""
