"""What differs between a cupboard PC and a county: storage, mail, the place of secrets."""
