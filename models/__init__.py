"""What we remember: one family of tables a file, its verbs and named selects beside it."""
