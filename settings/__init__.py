"""Opening a setting, and what belongs to the setting as a whole."""
