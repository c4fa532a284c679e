"""Drawn diagrams of the law: decisions, commencement, references; each an SVG with all it says in words beside it."""

from kitei.diagrams.drawing import CSS, Diagram, standalone

__all__ = ["CSS", "Diagram", "standalone"]
