"""Scripts that keep the project: translations, licences, a clean tree."""
