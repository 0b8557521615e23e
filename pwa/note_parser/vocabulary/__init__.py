"""Words, patterns and values that the finders share."""
