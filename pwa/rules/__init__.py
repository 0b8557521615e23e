"""Pure decisions R1 to R25: the standard library only, `now` passed in."""
