"""The widget that any site puts on its pages by one line, and the pages that show and explain it.

`tests/browser/test_widget.py` and `tests/test_widget_routes.py`.
"""
