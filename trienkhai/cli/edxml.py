"""`trienkhai edxml`: codes on the exchange axis, and taking in what a carrier has put into the folder."""

import click

from trienkhai.cli import fail, start_django


@click.group()
def edxml() -> None:
    """Exchange documents with other systems as edXML packets in a folder."""


@edxml.command()
@click.argument("organ_id")
@click.option("--name", default="", help="Its name (default: the unit's).")
@click.option("--unit", "code", default="", help="Code of the unit, when it is one of ours.")
def organ(organ_id: str, name: str, code: str) -> None:
    """Enter or change an organisation under its code on the axis."""
    start_django()
    from trienkhai.exchange.models import Correspondent
    from trienkhai.orgs.queries import unit_by_code

    unit = unit_by_code(code) if code else None
    if code and unit is None:
        fail(f"Không có đơn vị nào mang mã {code}.")
    called = name or (unit.name if unit else "")
    if not called:
        fail("Hãy ghi --name TÊN hoặc --unit MÃ.")
    if unit and Correspondent.objects.filter(unit=unit).exclude(organ_id=organ_id).exists():
        fail(f"{unit.name} đã có mã định danh khác.")
    Correspondent.objects.update_or_create(organ_id=organ_id, defaults={"name": called, "unit": unit})
    click.echo(f"{organ_id}: {called}")


@edxml.command()
@click.option("--as", "code", required=True, help="Code of the unit that takes in.")
@click.option("--by", "username", required=True, help="Account of the clerk who acts.")
@click.option("--not-secret", is_flag=True, help="You declare that the documents hold no state secret.")
def take(code: str, username: str, not_secret: bool) -> None:
    """Take in every packet that lies in the folder for a unit."""
    start_django()
    from django.core.exceptions import ValidationError

    from trienkhai.common import clock
    from trienkhai.common.verdict import Refused
    from trienkhai.exchange.actions import take_packets
    from trienkhai.exchange.queries import outcome_word
    from trienkhai.orgs.queries import unit_by_code
    from trienkhai.people.models import Account

    unit = unit_by_code(code) or fail(f"Không có đơn vị nào mang mã {code}.")
    account = Account.objects.filter(username=username.lower()).first() or fail(f"Không có tài khoản {username}.")
    try:
        taken = take_packets(unit, not_secret=not_secret, by=account, at=clock.now())
    except ValidationError as fault:
        fail(" ".join(fault.messages))
    except Refused as fault:
        fail(str(fault))
    for row in taken:
        click.echo(f"{row.name}: {outcome_word(row.outcome)}. {row.sentence}")
    click.echo(f"{len(taken)} gói tin.")
