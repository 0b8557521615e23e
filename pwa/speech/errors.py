"""Why a note was not heard. Each is a sentence that says what a person can do."""


class NotHeard(Exception):
    """The family. The note itself is as playable as before."""


class NoEngine(NotHeard):
    """Nothing here can hear: an administrator has to change that first."""


class Unreadable(NotHeard):
    """There is no sound that can be read in the file; trying again gives the same."""


class Failed(NotHeard):
    """Something broke on the way; worth trying again."""
