"""The doors: one audience, one layout, one access rule each."""
