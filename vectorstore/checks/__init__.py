"""What the sample catalogues must keep to: one module a kind of flaw, run together by `vectorstore.check`."""
