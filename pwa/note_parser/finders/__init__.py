"""One finder for each kind of suggestion, and what puts their results together."""
