"""What is said about numbers."""

from django.utils.translation import gettext_lazy as _

INVARIANTS = {
    "barcode_of_two_things": _(
        "%(count)s barcodes name two copies or readers at once: %(examples)s."
    ),
}
