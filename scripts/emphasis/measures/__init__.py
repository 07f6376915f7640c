"""What a report emphasises, in numbers: frequency, dispersion, TF-IDF, keyness, themes."""
