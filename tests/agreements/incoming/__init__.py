"""Every kind of file that may come in, each structure, each attack."""
