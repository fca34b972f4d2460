"""Widgets that know nothing of machines: a graph, a chart, a picture, a filter box.

They take numbers, words and images, and their colours from the palette. pyqtgraph lives here only.
"""
