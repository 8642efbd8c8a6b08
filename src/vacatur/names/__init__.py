"""Text to tokens: folding names of any script to Latin words, and what kinds of words there are.

Pure functions; knows nothing of parties, lists or scores.
"""
