"""The guarded web channel: who is speaking, what may come in, and the pages."""
