"""The course as a JupyterLab that runs in the browser."""
