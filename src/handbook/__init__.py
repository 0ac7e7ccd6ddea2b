"""The handbook's engine: law and rule registers, question bank, profile, grader and the Sphinx side of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__version__ = "0.1.0"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension; Sphinx calls this because conf.py lists ``handbook``."""
    from handbook.extension import setup_extension  # noqa: PLC0415  (the registers must import without Sphinx)

    return setup_extension(app)
