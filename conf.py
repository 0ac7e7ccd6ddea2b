"""Sphinx settings: values only. Build with ``python3 scripts/dev.py build``; what the values mean: README.md."""

project = "Handbok i offentlighet och sekretess"
author = "Handbokens redaktörer"
copyright = "text CC BY 4.0, kod MIT"
language = "sv"

extensions = ["myst_parser", "sphinx_design", "jupyterlite_sphinx", "handbook"]
exclude_patterns = ["_templates", "_static", "locale"]
myst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence", "deflist", "substitution"]
myst_heading_anchors = 3
nitpicky = True

locale_dirs = ["locale"]
templates_path = ["docs/_templates"]
html_theme = "furo"
html_static_path = ["docs/_static"]
html_favicon = "docs/_static/favicon.svg"
html_copy_source = False
html_show_sourcelink = False
html_permalinks = False
html_short_title = "Offentlighet och sekretess"
html_show_search_summary = False
html_use_index = False

latex_engine = "lualatex"
linkcheck_ignore = [r"https?://"]
