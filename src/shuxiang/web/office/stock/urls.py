"""Addresses of the books, their batches, places and registers."""

from django.urls import path

from shuxiang.web.office.stock.views import (
    accessions,
    adding,
    changing,
    finding,
    places,
    registers,
    withdrawing,
)

urlpatterns = [
    path("books/", finding.see_catalogue, name="catalogue.see_catalogue"),
    path("books/new", adding.add_title, name="catalogue.add_title"),
    path("books/<int:pk>", finding.see_title, name="catalogue.see_title"),
    path("books/<int:pk>/title", changing.change_title, name="catalogue.change_title"),
    path("books/<int:pk>/place", changing.change_holding, name="catalogue.change_holding"),
    path("books/copies/<int:pk>", changing.change_copy, name="catalogue.change_copy"),
    path("books/copies/<int:pk>/standing", changing.set_standing, name="catalogue.set_standing"),
    path("books/batches", accessions.see_accessions, name="catalogue.see_accessions"),
    path("books/batches/new", accessions.open_accession, name="catalogue.open_accession"),
    path("books/batches/<int:pk>", accessions.see_accession, name="catalogue.see_accession"),
    path(
        "books/batches/<int:pk>/change",
        accessions.change_accession,
        name="catalogue.change_accession",
    ),
    path(
        "books/batches/<int:pk>/remove",
        accessions.remove_accession,
        name="catalogue.remove_accession",
    ),
    path("books/withdrawals", withdrawing.see_withdrawals, name="catalogue.see_withdrawals"),
    path("books/withdrawals/new", withdrawing.withdraw, name="catalogue.withdraw"),
    path("books/withdrawals/<int:pk>", withdrawing.see_withdrawal, name="catalogue.see_withdrawal"),
    path("books/registers", registers.see_registers, name="catalogue.see_registers"),
    path("books/registers/classes", registers.see_classes, name="catalogue.see_classes"),
    path("books/registers/copies", registers.see_copies, name="catalogue.see_copies"),
    path("books/registers/close", registers.close_period, name="catalogue.close_period"),
    path("books/places", places.see_places, name="catalogue.see_places"),
    path("books/shelves/new", places.change_shelf, name="catalogue.add_shelf"),
    path("books/shelves/<int:pk>", places.change_shelf, name="catalogue.change_shelf"),
    path("books/shelves/<int:pk>/remove", places.remove_shelf, name="catalogue.remove_shelf"),
    path("books/collections/new", places.change_collection, name="catalogue.add_collection"),
    path(
        "books/collections/<int:pk>", places.change_collection, name="catalogue.change_collection"
    ),
    path(
        "books/collections/<int:pk>/remove",
        places.remove_collection,
        name="catalogue.remove_collection",
    ),
    path("books/shelving", places.shelve, name="catalogue.shelve"),
]
