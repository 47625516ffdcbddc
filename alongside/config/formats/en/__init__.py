"""English, as it is written outside of America."""
