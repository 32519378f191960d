"""What `make bench` measures; nothing here is imported by the product."""
