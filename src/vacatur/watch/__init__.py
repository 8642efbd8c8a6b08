"""To be told: parties and customers are watched, and after an update a run says what changed for them.

A run screens again only what the change can touch: customers are searched among the parties that changed (`indexing`),
and statuses are computed, then and now, where something was recorded or a date came.
What it found is recorded in one transaction (`runs`) and then delivered (`delivery` and the channels). Matching and law
are decided below this room; nothing here judges a name or a status.
"""
