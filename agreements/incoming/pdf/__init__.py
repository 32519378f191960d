"""PDF files: their text layer, line by line, with where each line stands."""
