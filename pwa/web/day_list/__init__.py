"""The day list, promises, recoveries and talking points."""
