"""A list of people comes in: read in a child, its columns guessed, looked at, then added."""
