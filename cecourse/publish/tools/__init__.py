"""Programs that building needs: npm packages, Chromium, PDFs, the build cache."""
