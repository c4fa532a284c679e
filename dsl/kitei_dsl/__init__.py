"""The kitei language: from text to core. Re-exports nothing, so importing the core loads no parser."""
