"""What we have: titles, copies, shelves, call numbers, accession and withdrawal, the registers."""
