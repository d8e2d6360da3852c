"""Search: what the index holds of a document, what a person asks in a line of text, and where the hits stand.

Words of this package: *token* (what the index holds), *exact* (with accents, one habit of tone marks, lower case),
*folded* (without accents), *head* (symbol, type, subject, issuer, signer), *stage* (one question to the index: stages
are asked in turn, the best first), *entry* (a document's row in the index).
"""
