"""The settings of mail: read once, wrong ones stop the start with a sentence."""

import pytest

from trienkhai.config import environment


def test_without_an_address_of_a_server_nothing_is_mailed(monkeypatch):
    monkeypatch.delenv("TRIENKHAI_EMAIL_URL", raising=False)

    assert environment.mail() == {} and environment.site_url(needed=False) == ""


def test_address_of_the_server_holds_all_that_is_needed(monkeypatch):
    url = "smtp+starttls://trien%40khai:m%2Fk@mail.example.vn?from=trienkhai@example.vn"
    monkeypatch.setenv("TRIENKHAI_EMAIL_URL", url)

    found = environment.mail()

    assert (found["HOST"], found["PORT"], found["USE_TLS"], found["USE_SSL"]) == ("mail.example.vn", 587, True, False)
    assert (found["HOST_USER"], found["HOST_PASSWORD"], found["FROM"]) == ("trien@khai", "m/k", "trienkhai@example.vn")


@pytest.mark.parametrize(
    "url",
    [
        "mail.example.vn",
        "http://mail.example.vn?from=a@b.vn",
        "smtp://mail.example.vn",
        "smtp://mail.example.vn?from=a",
        "smtp://mail.example.vn?from=a@b.vn&tls=1",
        "smtp://?from=a@b.vn",
    ],
)
def test_wrong_address_of_a_server_stops_the_start(monkeypatch, url):
    monkeypatch.setenv("TRIENKHAI_EMAIL_URL", url)

    with pytest.raises(environment.WrongSetting, match="TRIENKHAI_EMAIL_URL: expects smtp://"):
        environment.mail()


@pytest.mark.parametrize("url", ["", "trienkhai.example.vn", "ftp://x", "https://x/?a=1"])
def test_mail_needs_the_address_of_the_site(monkeypatch, url):
    monkeypatch.setenv("TRIENKHAI_SITE_URL", url)

    with pytest.raises(environment.WrongSetting, match="TRIENKHAI_SITE_URL"):
        environment.site_url(needed=True)


def test_unknown_detail_stops_the_start(monkeypatch):
    monkeypatch.setenv("TRIENKHAI_EMAIL_DETAIL", "texts")

    with pytest.raises(environment.WrongSetting, match="titles or counts"):
        environment.one_of("TRIENKHAI_EMAIL_DETAIL", "titles", "counts")
