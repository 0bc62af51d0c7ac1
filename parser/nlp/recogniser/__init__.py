"""The entity recogniser: a small network over words, learned as `parser.nlp.training` says, run with numpy alone."""
