"""`trienkhai proof`: solve the sum that the page of feedback without a name asks for, where the browser cannot."""

import click

from trienkhai.cli import fail
from trienkhai.feedback.proof import solve


@click.command()
@click.argument("challenge")
def proof(challenge: str) -> None:
    """Print the number that solves CHALLENGE. Asks no server and stores nothing."""
    try:
        click.echo(solve(challenge))
    except ValueError:
        fail("Đây không phải là phép tính của trang góp ý. Hãy chép lại nguyên dòng trên trang.")
