"""From one source, the executed notebooks: slides, handouts and a site that moves without a kernel.

    python -m cecourse.publish slides      a deck per notebook, for a projector
    python -m cecourse.publish handouts    a PDF per notebook, for paper
    python -m cecourse.publish site        pages for any browser, with or without a network
    python -m cecourse.publish lite        a JupyterLab that runs the notebooks in the reader's browser

`reading` turns a notebook into titled cells of HTML; everything else arranges them.  What is written needs
no server, no network and no Python: formulas are set by KaTeX and the frames of moving figures are drawn
while it is built.  The live part alone is different: it wants a web server and, for NumPy and Matplotlib, a
network."""
