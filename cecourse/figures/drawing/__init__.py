"""What all figures are drawn with: the canvas, shared pieces, the registry."""
