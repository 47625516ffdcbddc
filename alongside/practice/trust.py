"""Trust, as pages write it."""


def written(trust: int) -> str:
    """Give a trust as a person writes it, with a true minus sign."""
    return str(trust).replace("-", "−")
