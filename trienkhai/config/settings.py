"""Settings of Triển Khai, read once from the environment; `docs/settings.md` lists them."""

from pathlib import Path

from trienkhai.config import environment as env

PACKAGE = Path(__file__).resolve().parent.parent
HOME = env.home()

SECRET_KEY = env.secret_key(HOME)
DEBUG = env.flag("TRIENKHAI_DEBUG")
ALLOWED_HOSTS = env.names("TRIENKHAI_HOSTS", "localhost,127.0.0.1,[::1],testserver")
CSRF_TRUSTED_ORIGINS = env.names("TRIENKHAI_ORIGINS")
HTTPS = env.flag("TRIENKHAI_HTTPS")
EMBEDDED = not env.text("TRIENKHAI_DATABASE_URL")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "template_partials",
    "trienkhai.common",
    "trienkhai.audit",
    "trienkhai.norms",
    "trienkhai.people",
    "trienkhai.orgs",
    "trienkhai.notices",
    "trienkhai.documents",
    "trienkhai.dissemination",
    "trienkhai.tasks",
    "trienkhai.indicators",
    "trienkhai.reports",
    "trienkhai.meetings",
    "trienkhai.feedback",
    "trienkhai.evaluation",
    "trienkhai.oversight",
    "trienkhai.conduct",
    "trienkhai.urging",
    "trienkhai.inspections",
    "trienkhai.worksessions",
    "trienkhai.dashboards",
    "trienkhai.exchange",
    "trienkhai.demo",
]

MIDDLEWARE = [
    "trienkhai.feedback.middleware.NamelessMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "trienkhai.common.middleware.SlashMiddleware",
    "trienkhai.common.middleware.ClockMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "trienkhai.common.middleware.ContentSecurityMiddleware",
    "trienkhai.orgs.hints.ActedMiddleware",
    "trienkhai.common.middleware.RefusedMiddleware",
]

ROOT_URLCONF = "trienkhai.config.urls"
WSGI_APPLICATION = "trienkhai.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "trienkhai.common.context.frame",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "trienkhai.common.templatetags.show",
            ],
        },
    }
]

DATABASES = {"default": env.database(HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "people:sign_in"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "people:sign_in"
SESSION_COOKIE_AGE = env.number("TRIENKHAI_SESSION_HOURS", 12, minimum=1) * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_ENGINE = "django.contrib.sessions.backends.db"
CSRF_FAILURE_VIEW = "trienkhai.common.views.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 3600 * 24 * 30

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
WORDS = env.words(PACKAGE / "locale" / "packs")
LOCALE_PATHS = [PACKAGE / "locale" / "packs" / WORDS, PACKAGE / "locale"] if WORDS != "party" else [PACKAGE / "locale"]
TIME_ZONE = env.text("TRIENKHAI_TIME_ZONE", "Asia/Ho_Chi_Minh")
USE_TZ = True
USE_I18N = True

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": env.storage(HOME / "files"),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

EDXML_FOLDER = env.text("TRIENKHAI_EDXML_FOLDER") or str(HOME / "edxml")
TRUST_ROOTS = env.text("TRIENKHAI_TRUST_ROOTS")
PREVIEW_FOLDER = HOME / "preview"
PREVIEW_BYTES = env.number("TRIENKHAI_PREVIEW_MB", 500, minimum=10) * 1024 * 1024

OCR = env.recognition()
OCR_SECONDS = env.number("TRIENKHAI_OCR_SECONDS", 600, minimum=10)
OCR_PAGES = env.number("TRIENKHAI_OCR_PAGES", 200, minimum=1)

_MAIL = env.mail()
MAIL = bool(_MAIL)
SITE_URL = env.site_url(needed=MAIL)
MAIL_DETAIL = env.one_of("TRIENKHAI_EMAIL_DETAIL", "titles", "counts")
MAIL_HOUR = env.number("TRIENKHAI_EMAIL_HOUR", 7)
EMAIL_BACKEND = _MAIL.get("BACKEND", "django.core.mail.backends.dummy.EmailBackend")
EMAIL_HOST, EMAIL_PORT = _MAIL.get("HOST", ""), _MAIL.get("PORT", 25)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _MAIL.get("HOST_USER", ""), _MAIL.get("HOST_PASSWORD", "")
EMAIL_USE_TLS, EMAIL_USE_SSL = _MAIL.get("USE_TLS", False), _MAIL.get("USE_SSL", False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = _MAIL.get("FROM", "")

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 10_000}}}
HINT_SECONDS = env.number("TRIENKHAI_HINT_SECONDS", 60, minimum=0)

MAX_UPLOAD_BYTES = env.number("TRIENKHAI_MAX_UPLOAD_MB", 50, minimum=1) * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SILENCED_SYSTEM_CHECKS: list[str] = []

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("TRIENKHAI_LOG_LEVEL", "WARNING")},
}
