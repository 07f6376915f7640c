"""From text to words: engines, lexicon, term candidates."""
