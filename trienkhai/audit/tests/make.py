"""Acts for tests."""

from datetime import date, datetime
from typing import Any

from trienkhai.audit.actions import Actor, record
from trienkhai.audit.models import Act
from trienkhai.common.clock import moment

NOON = moment(date(2017, 1, 3), 12)
LAN = Actor(account_id=7, name="Trần Thị Lan", holding_id=9, post_label="Đầu mối, Chi bộ Một", unit_path="00000001")


def make_act(verb: str = "report.approved", *, at: datetime = NOON, **fields: Any) -> Act:
    return record(verb, by=fields.pop("by", LAN), at=at, **fields)
