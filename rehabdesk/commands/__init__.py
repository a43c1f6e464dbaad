"""The verbs of the command line, a module each: `run(asked, texts)` does it and returns the exit code."""
