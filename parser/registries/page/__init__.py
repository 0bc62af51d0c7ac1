"""Reading a trial's page: labels, the sections they open, and readers of the fields under them.

What the readers of pages share, over the blocks of a `Page`: `labels` and `vocabulary` say which words are labels,
`sections` lays a page out by them, `listing` and `fields` read what stands under a label; `forms` reads pages whose
labels repeat and come in groups.
"""
