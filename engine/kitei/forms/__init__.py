"""Forms, templates and the schema of facts, written from the vocabulary; and facts read back in words."""
