"""The tablet's own modules, tested by Node."""
