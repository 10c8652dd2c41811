"""Posts and their hours, training and tests."""

from shuxiang.student_librarians.models.posts import Post, PostShift, ServedClass, Shift
from shuxiang.student_librarians.models.training import Attendance, Exam, Training

__all__ = ["Attendance", "Exam", "Post", "PostShift", "ServedClass", "Shift", "Training"]
