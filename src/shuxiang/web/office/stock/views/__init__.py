"""The pages of the stock, one module a kind of page."""
