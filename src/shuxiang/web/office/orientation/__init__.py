"""The rules for readers, and what new readers are taught."""
