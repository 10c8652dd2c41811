"""Posts and their hours, training and tests, duties, meetings."""

from shuxiang.student_librarians.models.duties import Duty, Roster, Swap, Unable
from shuxiang.student_librarians.models.meetings import Meeting, Problem
from shuxiang.student_librarians.models.posts import Post, PostShift, ServedClass, Shift
from shuxiang.student_librarians.models.training import Attendance, Exam, Training

__all__ = [
    "Attendance",
    "Duty",
    "Exam",
    "Meeting",
    "Post",
    "PostShift",
    "Problem",
    "Roster",
    "ServedClass",
    "Shift",
    "Swap",
    "Training",
    "Unable",
]
