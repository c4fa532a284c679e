"""The kitei engine: from core and facts to answers that cite the law. Re-exports nothing."""
