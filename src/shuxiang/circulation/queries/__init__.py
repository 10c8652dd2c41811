"""What circulation can be asked. Reads only."""
