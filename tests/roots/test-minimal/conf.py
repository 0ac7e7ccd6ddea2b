"""The smallest handbook that has one of everything: tests build it, and change one thing at a time in a copy."""

project = "Minsta handboken"
author = "Testerna"
copyright = "CC BY 4.0"
language = "sv"

extensions = ["myst_parser", "sphinx_design", "handbook"]
myst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence", "deflist", "substitution"]
nitpicky = True

html_theme = "furo"
html_copy_source = False
html_show_sourcelink = False
html_permalinks = False
