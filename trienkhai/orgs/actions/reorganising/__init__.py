"""Reorganisation files: how they read as a plan (`planning`), are prepared (`editing`), carried out or tried
(`carrying`), decided (`deciding`)."""

from trienkhai.orgs.actions.reorganising.carrying import UNITS, NotSettled, dry_run
from trienkhai.orgs.actions.reorganising.deciding import (
    approve_and_carry_out,
    carry_out_due,
    lay_aside,
    put_to_trial,
    return_reorganisation,
    send_to_leaders,
    set_aside,
    submit_reorganisation,
    take_back_reorganisation,
    try_reorganisation,
)
from trienkhai.orgs.actions.reorganising.editing import (
    add_step,
    change_reorganisation,
    change_step,
    choose,
    locked,
    prepare_reorganisation,
    remove_step,
    shift_step,
)
from trienkhai.orgs.actions.reorganising.keys import Fault, Planned, key_of, stored_id, targets
from trienkhai.orgs.actions.reorganising.planning import Plan, examined, planned_until
from trienkhai.orgs.actions.reorganising.telling import tell_approvers

__all__ = [
    "UNITS",
    "Fault",
    "NotSettled",
    "Plan",
    "Planned",
    "add_step",
    "approve_and_carry_out",
    "carry_out_due",
    "change_reorganisation",
    "change_step",
    "choose",
    "dry_run",
    "examined",
    "key_of",
    "lay_aside",
    "locked",
    "planned_until",
    "prepare_reorganisation",
    "put_to_trial",
    "remove_step",
    "return_reorganisation",
    "send_to_leaders",
    "set_aside",
    "shift_step",
    "stored_id",
    "submit_reorganisation",
    "take_back_reorganisation",
    "targets",
    "tell_approvers",
    "try_reorganisation",
]
