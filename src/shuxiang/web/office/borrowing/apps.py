from django.apps import AppConfig


class BorrowingOffice(AppConfig):
    name = "shuxiang.web.office.borrowing"
    label = "office_borrowing"
