"""Django's settings: what the house is made of. What an organisation may set stands in ``environment``."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

import dj_database_url
from csp.constants import NONE, SELF

from alongside.config.environment import LOCAL_HOSTS, read_environment
from alongside.config.keys import read_or_make_sealing_keys, read_or_make_secret_key
from alongside.core import sealing

ENVIRONMENT = read_environment()
PACKAGE = Path(__file__).resolve().parent.parent
DATA = ENVIRONMENT.data
BACKUPS = ENVIRONMENT.backups

DEBUG = ENVIRONMENT.debug
SECRET_KEY = read_or_make_secret_key(ENVIRONMENT.keys)
SEALING_KEYS = read_or_make_sealing_keys(ENVIRONMENT.keys)
CODE_COST = sealing.STANDARD
ALLOWED_HOSTS = [*LOCAL_HOSTS, *ENVIRONMENT.hosts, *ENVIRONMENT.talk_hosts]
CSRF_TRUSTED_ORIGINS = (
    [f"https://{host}" for host in ALLOWED_HOSTS if host not in LOCAL_HOSTS] if ENVIRONMENT.proxies else []
)
BEHIND_TLS = ENVIRONMENT.proxies > 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None

INSTALLED_APPS = [
    "alongside.config",
    "alongside.desk",
    "alongside.conversations",
    "alongside.introductions",
    "alongside.workshop",
    "alongside.practice",
    "alongside.review",
    "alongside.people",
    "alongside.records",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "wagtail.contrib.simple_translation",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "alongside.config.editor.EditorApp",  # wagtail.admin, without its mails
    "wagtail",
    "modelcluster",
    "taggit",
    "django_htmx",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "alongside.config.middleware.security_headers",
    "alongside.config.middleware.editor_policy",
    "csp.middleware.CSPMiddleware",
    "alongside.config.middleware.by_host_name",
    "alongside.people.discreet.discreet",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "alongside.people.sessions.note_use",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "alongside.people.sessions.keep_no_key",  # after allauth's: what goes wrong passes here first
    "alongside.people.access.editor_gate",
]

ROOT_URLCONF = "alongside.config.urls"
TALK_URLCONF = "alongside.config.only_talk_urls"  # ours: at names of its own, and in a server of its own
CSRF_FAILURE_VIEW = "alongside.config.errors.not_sent"
WSGI_APPLICATION = "alongside.config.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "config" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "alongside.people.access.roles",
                "alongside.people.context.organisation",
                "alongside.people.discreet.pages_of_hers",
                "alongside.config.to_talk.to_talk",
            ],
        },
    }
]

# --- Data -----------------------------------------------------------------------------------------------------------

_SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON; "
    "PRAGMA mmap_size=134217728; PRAGMA cache_size=-20000;"
)


def _database() -> dict[str, object]:
    if ENVIRONMENT.database_url:
        database = dj_database_url.parse(ENVIRONMENT.database_url, conn_max_age=60, conn_health_checks=True)
        # It lower-cases the host, and a socket's folder may hold capitals.
        host = urlsplit(ENVIRONMENT.database_url).netloc.rpartition("@")[2].partition(":")[0]
        return {**database, "HOST": unquote(host)} if "%2F" in host.upper() else {**database}
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(DATA / "alongside.sqlite3"),
        "CONN_MAX_AGE": 60,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 10, "init_command": _SQLITE_PRAGMAS},
    }


DATABASES = {"default": _database()}
SILENCED_SYSTEM_CHECKS = ["auth.W004"]  # an e-mail is unique without regard to case, by a constraint

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache", "TIMEOUT": 3600},
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

# --- People ---------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "workshop:start"
STAFF_REDIRECT_URL = "desk:start"  # ours: where whoever takes a role is led
LOGOUT_REDIRECT_URL = "/"
LEAVE_TO = ENVIRONMENT.leave_to  # ours: where “leave now” leads

SESSION_ENGINE = "alongside.people.sessions"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_TLS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"

MAIL_WORKS = bool(ENVIRONMENT.mail)
ACCOUNT_ADAPTER = "alongside.people.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_FORMS = {
    "add_email": "alongside.people.forms.NewEmailForm",
    "change_email": "alongside.people.forms.OtherEmailForm",
    "change_password": "alongside.people.forms.ChangePasswordForm",
    "confirm_email_verification_code": "alongside.people.forms.ConfirmEmailForm",
    "confirm_password_reset_code": "alongside.people.forms.MailedCodeForm",
    "login": "alongside.people.forms.SignInForm",
    "reauthenticate": "alongside.people.forms.PasswordAgainForm",
    "reset_password": "alongside.people.forms.ForgottenPasswordForm",
    "reset_password_from_key": "alongside.people.forms.ResetPasswordForm",
    "signup": "alongside.people.forms.SignUpForm",
}
ACCOUNT_EMAIL_VERIFICATION = "mandatory" if MAIL_WORKS else "none"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = MAIL_WORKS
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_CHANGE = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_PREVENT_ENUMERATION = MAIL_WORKS
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# A whole room of learners may sit behind one address.
ACCOUNT_RATE_LIMITS = {
    "signup": "200/h/ip",
    "login": "120/m/ip",
    "login_failed": "60/m/ip,5/5m/key",
    "certificate_name": "60/h/ip,20/h/key",
}
ALLAUTH_TRUSTED_PROXY_COUNT = ENVIRONMENT.proxies
MFA_ADAPTER = "alongside.people.adapter.SecondFactorAdapter"
MFA_ALLOW_UNVERIFIED_EMAIL = not MAIL_WORKS
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "activate_totp": "alongside.people.forms.SetSecondFactorForm",
    "add_webauthn": "alongside.people.forms.AddPasskeyForm",
    "authenticate": "alongside.people.forms.SecondFactorForm",
    "authenticate_webauthn": "alongside.people.forms.PasskeyAuthenticateForm",
    "reauthenticate": "alongside.people.forms.SecondFactorAgainForm",
    "reauthenticate_webauthn": "alongside.people.forms.PasskeyAgainForm",
}
MFA_TOTP_ISSUER = "Alongside"

# --- Mail: none unless a server is named -----------------------------------------------------------------------------

_mail = urlsplit(ENVIRONMENT.mail)
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if MAIL_WORKS else 'dummy'}.EmailBackend"
EMAIL_HOST = _mail.hostname or ""
EMAIL_PORT = _mail.port or (465 if _mail.scheme == "smtps" else 587)
EMAIL_HOST_USER = unquote(_mail.username or "")
EMAIL_HOST_PASSWORD = unquote(_mail.password or "")
EMAIL_USE_SSL = _mail.scheme == "smtps"
EMAIL_USE_TLS = _mail.scheme == "smtp"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENVIRONMENT.mail_from or "alongside@localhost"

# --- Pages ----------------------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
FORMAT_MODULE_PATH = "alongside.config.formats"
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
TIME_ZONE = "UTC"

STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [PACKAGE / "config" / "static"]
MEDIA_URL = "media/"
MEDIA_ROOT = DATA / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
CONTENT = PACKAGE.parent / "content"

# `no-referrer` would make Chromium post `Origin: null`, and Django refuse every form.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if BEHIND_TLS else 0
X_FRAME_OPTIONS = "SAMEORIGIN"  # Wagtail previews in a frame of its own; public pages forbid frames by CSP
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "media-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
FILE_UPLOAD_HANDLERS = [
    "alongside.config.receiving.FilesInTheEditorOnly",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000  # Wagtail's editor of a long scenario

# --- Wagtail: content only, its side doors shut ---------------------------------------------------------------------

WAGTAIL_SITE_NAME = "Alongside"
WAGTAILADMIN_BASE_URL = ENVIRONMENT.address
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False
WAGTAILUSERS_PASSWORD_REQUIRED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAILADMIN_COMMENTS_ENABLED = False  # they would be told of by mail, in full
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILEMBEDS_FINDERS: list[object] = []
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAIL_FINISH_WORKFLOW_ACTION = "alongside.review.finishing.publish_what_was_read"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = ["pdf", "odt", "docx", "txt", "vtt", "webm", "mp4"]
WAGTAILDOCS_INLINE_CONTENT_TYPES: list[str] = []
WAGTAILDOCS_DOCUMENT_FORM_BASE = "alongside.review.uploads.DocumentForm"
WAGTAILIMAGES_IMAGE_FORM_BASE = "alongside.review.uploads.ImageForm"
WAGTAILIMAGES_EXTENSIONS = ["avif", "jpg", "jpeg", "png", "webp"]
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "alongside.config.logs.WordlessFormatter",
            "fmt": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "django.request": {"level": "ERROR"},  # not every address that somebody mistyped
        "django.security.DisallowedHost": {"level": "CRITICAL"},  # nor every name that a robot tried
    },
}
