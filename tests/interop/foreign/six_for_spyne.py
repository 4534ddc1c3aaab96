"""What Pythons from 3.12 on do not find in the copy of `six` that Spyne carries; to be imported before Spyne."""

import importlib
import sys

MOVES = ["collections_abc", "http_cookies", "urllib", "urllib.error", "urllib.parse", "urllib.request"]

if sys.version_info >= (3, 12):
    for name in ["moves", *(f"moves.{move}" for move in MOVES)]:
        sys.modules[f"spyne.util.six.{name}"] = importlib.import_module(f"six.{name}")
