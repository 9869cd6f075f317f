"""Rapport for builders: as a LangChain Runnable and retriever, as a typed client, as an MCP server.

Each is a module of its own, imported by whoever uses it; `tests/test_integrations.py` does.
"""
