"""The command line: thin. Arguments in, one call, exit code out."""
