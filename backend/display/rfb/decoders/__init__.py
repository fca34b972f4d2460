"""The encodings of RFB: each turns bytes into a rectangle of pixels, however they arrive.

What a server sends is believed in nothing: lengths, runs, palettes and streams are held to the size
of the rectangle, so a broken or hostile one ends in DisplayBroken and never in memory.
"""
