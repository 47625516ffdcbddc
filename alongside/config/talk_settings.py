"""Django's settings in a server that serves survivors alone (``alongside serve --only talk``).

The data and what erases it are the whole house's, so all rooms are there; but no address outside ``/talk/`` is, and no
account: nobody is signed in here, and there is no session.
"""

from alongside.config.environment import LOCAL_HOSTS
from alongside.config.settings import *  # noqa: F403
from alongside.config.settings import ENVIRONMENT, TALK_URLCONF, TEMPLATES

ROOT_URLCONF = TALK_URLCONF
ALLOWED_HOSTS = [*LOCAL_HOSTS, *ENVIRONMENT.talk_hosts, *(() if ENVIRONMENT.talk_there_only else ENVIRONMENT.hosts)]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "alongside.config.middleware.security_headers",
    "csp.middleware.CSPMiddleware",
    "alongside.people.discreet.discreet",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",  # it does nothing here, but allauth does not start without it
]
_CONTEXT_PROCESSORS = [
    "django.template.context_processors.request",
    "alongside.people.context.organisation",
    "alongside.people.discreet.pages_of_hers",
]
TEMPLATES = [{**TEMPLATES[0], "OPTIONS": {"context_processors": _CONTEXT_PROCESSORS}}]
