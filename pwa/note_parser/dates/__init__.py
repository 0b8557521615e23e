"""Days and clock times as people say them."""
