"""Help in the program: pages, the window that shows them, and F1.

The pages are Markdown in `resources/help`. `library` reads and searches them and knows which page
answers which topic; `reference` writes what the program knows of itself (keys); these know no
widgets. `render` makes a document of a page, `window` shows it, `desk` finds the page for what has
the keyboard.
"""
