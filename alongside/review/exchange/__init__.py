"""The whole workshop as one file: to give to other organisations, and to take from them."""
