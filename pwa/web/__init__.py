"""What a browser asks for: parse, load or 404, call one thing, answer."""
