"""Times in plain words. A survivor's clock is not known, so they say how long ago something was, not when."""

from datetime import datetime, timedelta

from django.utils import formats
from django.utils.translation import gettext, ngettext

from alongside.records import clock


def ago(moment: datetime) -> str:
    """Say how long ago ``moment`` was: up to a week in words, then its date."""
    past = clock.now() - moment
    if past < timedelta(minutes=1):
        return gettext("a moment ago")
    if past < timedelta(hours=1):
        minutes = past // timedelta(minutes=1)
        return ngettext("%(number)d minute ago", "%(number)d minutes ago", minutes) % {"number": minutes}
    if past < timedelta(days=1):
        hours = past // timedelta(hours=1)
        return ngettext("%(number)d hour ago", "%(number)d hours ago", hours) % {"number": hours}
    if past <= timedelta(days=7):
        return ngettext("%(number)d day ago", "%(number)d days ago", past.days) % {"number": past.days}
    return gettext("on %(date)s") % {"date": formats.date_format(moment, "DATE_FORMAT")}
