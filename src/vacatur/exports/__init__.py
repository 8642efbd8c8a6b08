"""Answers in other forms: a timeline as a picture, deadlines as a calendar. Values in, text or bytes out; no files."""
