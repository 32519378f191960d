"""Texts come in: a file or pasted words become our Markdown, with a report of every word."""
