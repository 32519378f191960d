"""What every door shares: access, errors, security headers, assets."""
