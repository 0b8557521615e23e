"""Template filters, labels and texts on screen."""
