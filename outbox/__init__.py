"""What waits to leave: rows are claimed, acted on outside any transaction, and marked done."""
