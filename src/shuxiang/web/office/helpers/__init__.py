"""The pupils who help: named, trained, appointed, on the roster, met and judged."""
