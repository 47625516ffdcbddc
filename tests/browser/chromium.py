"""Where the browser is."""

import os
import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
HOW_TO_GET_IT = "There is no Chromium here. On Debian: apt install chromium."

# Chromium's own talk with its maker is off; the rest lets it run as root and without a graphics card.
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking")


def find_chromium() -> str | None:
    """Give the path of the Chromium that ``CHROMIUM`` names, else of the first that is installed, or ``None``."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
