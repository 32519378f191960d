"""flask <noun> <verb>."""
