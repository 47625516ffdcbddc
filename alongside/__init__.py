"""Alongside: free, self-hosted software that prepares allies, and lets a survivor find one."""

__version__ = "0.1.0"
