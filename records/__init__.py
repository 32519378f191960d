"""The heart: a signing becomes a sealed PDF, and a sealed PDF can be checked."""
