"""Files shown in the page, made here: pages of a PDF as pictures, a Word document as plain HTML."""
