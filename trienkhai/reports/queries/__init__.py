"""Questions of the area: forms and periods (`forms`), completeness (`completeness`), what the machine fills in
(`prefilling`), sums of those below (`summing`), one report beside others (`beside`), contradictions (`integrity`).
"""
