"""The desk: lend, take back, renew and the class visit, with a scanner and a keyboard."""
