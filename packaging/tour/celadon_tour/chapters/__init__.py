"""What is shown, a module a chapter; `contents` lists them in order.

A chapter acts through `person` alone and proves through `evidence` alone.
"""
