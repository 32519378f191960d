"""Word files (.docx), read from their own XML, so that every word is accounted for."""
