"""Where two or more models change together, or a screen needs a joined read."""
