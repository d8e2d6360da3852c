"""How an official document looks on paper: plain Python, imports nothing of Django.

A *paper* (what is to be written) and a *layout* (a dated norm: margins, sizes, lines) make a *composition*, of which
.docx, PDF and the preview are three pictures. The words a clerk types become *pieces* by `markup`.
"""

# What every sample of the project carries at the head and foot of each page, and in its file's name.
WORTHLESS = "VĂN BẢN MINH HỌA – KHÔNG CÓ GIÁ TRỊ"
