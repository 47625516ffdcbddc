"""The certificate: the paper itself, and what its public page says."""
