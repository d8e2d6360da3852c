"""The register of documents: what was received and issued, its file, its text, its clauses, its links.

Words of this area: *document* (văn bản), *register entry* (bút toán sổ văn bản đi, đến), *clause* (điểm, khoản, mục),
*reading* (kết quả đọc) – what the reader proposes, kept beside what a person corrected; *symbol* (số, ký hiệu);
*issuer* (cơ quan ban hành); *signer* (người ký); *basis* (căn cứ).
"""
