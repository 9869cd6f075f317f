"""How Rapport is measured: replay of recorded dialogues."""
