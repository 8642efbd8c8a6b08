"""A text against the register: page, article, mentions, claims and quotes, then a verdict on each claim.

Each step is a pure function over frozen values that carry offsets into the article's text; addresses are fetched in
`fetch` alone. Extraction never sees the register's acts: only `verdict` asks them, through its `Record`. Legal status
is computed in `law`, never here, and nothing read here is recorded.
"""
