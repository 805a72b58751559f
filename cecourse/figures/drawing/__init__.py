"""What all figures are drawn with: the canvas, shared pieces, the registry, the export to files."""
