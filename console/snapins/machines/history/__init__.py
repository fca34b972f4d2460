"""History: each change of a machine's definition, whoever made it; compared, undone, restored.

`words` says what differs, `past` knows how far the journal was read and what is compared, `lines`
makes lines of a table. `window` shows them, `undo_dialog` says what undoing would do before it is
done, `deleted_dialog` has machines that were deleted defined again; `opening` opens all of them.
"""
