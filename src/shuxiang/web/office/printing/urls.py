"""Addresses of what the office prints."""

from django.urls import path

from shuxiang.web.office.printing.views import cards, labels

urlpatterns = [
    path("printing/", labels.copy_labels, name="paper.copy_labels"),
    path("printing/labels.pdf", labels.labels_pdf, name="paper.labels_pdf"),
    path("printing/labels.png", labels.labels_picture, name="paper.labels_picture"),
    path("printing/labels/give", labels.give_labels, name="catalogue.give_labels"),
    path(
        "printing/labels/<int:pk>/take-back",
        labels.take_labels_back,
        name="catalogue.take_labels_back",
    ),
    path("printing/cards", cards.reader_cards, name="paper.reader_cards"),
    path("printing/cards.pdf", cards.cards_pdf, name="paper.cards_pdf"),
    path("printing/cards.png", cards.cards_picture, name="paper.cards_picture"),
]
