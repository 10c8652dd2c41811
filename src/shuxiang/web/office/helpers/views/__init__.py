"""The pages of the pupils who help, one module a page."""
