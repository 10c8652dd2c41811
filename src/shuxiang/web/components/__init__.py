"""The design system: what every page is made of, and the gallery that shows it all."""
