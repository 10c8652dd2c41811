"""What the templates of a reader's own page need beyond `if` and `for`."""

from __future__ import annotations

from django import template

from shuxiang.circulation.queries.panels import title_of as written_title
from shuxiang.web.mine import wording

register = template.Library()
register.filter("day", wording.day)
register.filter("title_of", written_title)
register.filter("why_not", wording.why_not)
