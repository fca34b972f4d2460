"""What happened to each thing: a page that this snap-in adds to machines, hosts and the rest.

`words` has the sentences for the journal's facts; `rows` makes lines of entries, day by day; `page`
shows them and fetches older ones.
"""
