"""The hosts themselves: a node for each below the root, its page, and the way there.

Other snap-ins hang what they have of a host below its node (`console.sdk.nodes.host_node_id`).
"""
