"""The office's page of self-service: on or off, and the devices that are enrolled."""
