"""People: adding and changing them, joining doubles, what happened to somebody, importing lists."""
