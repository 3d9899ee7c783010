"""Notes in the window: highlights and margin, the editor, the view of all notes, and carrying."""
