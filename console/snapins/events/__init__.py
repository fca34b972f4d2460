"""What happened to each thing: a page that this snap-in adds to machines, hosts and the rest.

`rows` makes lines of entries, day by day; `history` knows how far the past was fetched; `page`
shows both. The words for what happened are `console.sdk.happenings`.
"""
