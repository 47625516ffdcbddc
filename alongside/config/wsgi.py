"""The web application that the server runs."""

import os

from django.core.wsgi import get_wsgi_application

from alongside.config.checks import refuse_contradictions
from alongside.config.environment import read_environment

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
refuse_contradictions(read_environment())
application = get_wsgi_application()
