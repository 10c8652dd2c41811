"""Books and readers out of the tables that schools keep: xlsx, xls, csv."""
