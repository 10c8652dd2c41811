"""What can be done to readers and their classes. The only place that writes them."""

from shuxiang.readers.actions.accounts import (
    HasAccount,
    NoAccountForThese,
    link_account,
    open_account,
)
from shuxiang.readers.actions.cards import CardTaken, CardUnfit, give_card
from shuxiang.readers.actions.classes import (
    ClassInUse,
    ClassThere,
    NotATeacher,
    add_class,
    add_classes,
    change_class,
    name_class_teacher,
    release_class_teacher,
    remove_class,
)
from shuxiang.readers.actions.joining import NumberTaken, add_reader, add_readers, change_reader
from shuxiang.readers.actions.moving import (
    AlreadyLeft,
    LastDayAhead,
    NotYetJoined,
    StillAtSchool,
    come_back,
    leave,
    move_to_class,
)
from shuxiang.readers.actions.new_year import (
    YearNotAsShown,
    begin_year,
    bring_year,
    give_year_up,
)
from shuxiang.readers.actions.new_year_back import YearNotLast, YearRests, undo_year
from shuxiang.readers.actions.photos import (
    NoConsent,
    allow_photos,
    bring_photos,
    forget,
    remove_photo,
    stop_photos,
)
from shuxiang.readers.actions.pins import (
    NobodyForPins,
    PinsGivenBefore,
    SignInOff,
    Slip,
    WrongPin,
    give_pins,
    sign_in_by_card,
)
from shuxiang.readers.actions.restricting import lift_restriction, restrict
from shuxiang.readers.actions.seeing import see_cards, see_reader
from shuxiang.readers.actions.taking_back import ReadersWent, take_readers_back

__all__ = [
    "AlreadyLeft",
    "CardTaken",
    "CardUnfit",
    "ClassInUse",
    "ClassThere",
    "HasAccount",
    "LastDayAhead",
    "NoAccountForThese",
    "NoConsent",
    "NobodyForPins",
    "NotATeacher",
    "NotYetJoined",
    "NumberTaken",
    "PinsGivenBefore",
    "ReadersWent",
    "SignInOff",
    "Slip",
    "StillAtSchool",
    "WrongPin",
    "YearNotAsShown",
    "YearNotLast",
    "YearRests",
    "add_class",
    "add_classes",
    "add_reader",
    "add_readers",
    "allow_photos",
    "begin_year",
    "bring_photos",
    "bring_year",
    "change_class",
    "change_reader",
    "come_back",
    "forget",
    "give_card",
    "give_pins",
    "give_year_up",
    "leave",
    "lift_restriction",
    "link_account",
    "move_to_class",
    "name_class_teacher",
    "open_account",
    "release_class_teacher",
    "remove_class",
    "remove_photo",
    "restrict",
    "see_cards",
    "see_reader",
    "sign_in_by_card",
    "stop_photos",
    "take_readers_back",
    "undo_year",
]
