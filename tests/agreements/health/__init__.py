"""Policy health: each rule on texts that it must find, and on texts it must leave in peace."""
