"""Everything that changes tasks: preparing (`giving`), `issuing`, what recurs (`recurring`), carrying out (`carrying`),
deciding (`deciding`), many at once (`bulk`), storing month-end sheets (`closing`).
"""

from trienkhai.tasks.actions.bulk import (
    acknowledge_all,
    approve_matching,
    report_several,
    return_matching,
)
from trienkhai.tasks.actions.carrying import (
    acknowledge,
    answer_part,
    ask,
    confirm_from_outside,
    name_person,
    submit_report,
    update_progress,
)
from trienkhai.tasks.actions.closing import close_months
from trienkhai.tasks.actions.concretising import answer_clauses, draft_programme, name_paper
from trienkhai.tasks.actions.deciding import (
    approve,
    decide_request,
    extend,
    pause,
    reopen,
    resume,
    return_report,
    withdraw,
)
from trienkhai.tasks.actions.giving import (
    add_task,
    change_issue,
    change_task,
    drop_task,
    prepare_issue,
    return_issue,
    start_issue,
    submit_issue,
)
from trienkhai.tasks.actions.issuing import issue_tasks
from trienkhai.tasks.actions.jobs import begin_job, run_portion, stop_job
from trienkhai.tasks.actions.recurring import open_occurrences

__all__ = [
    "acknowledge",
    "acknowledge_all",
    "add_task",
    "answer_clauses",
    "answer_part",
    "approve",
    "approve_matching",
    "ask",
    "begin_job",
    "change_issue",
    "change_task",
    "close_months",
    "confirm_from_outside",
    "decide_request",
    "draft_programme",
    "drop_task",
    "extend",
    "issue_tasks",
    "name_paper",
    "name_person",
    "open_occurrences",
    "pause",
    "prepare_issue",
    "reopen",
    "report_several",
    "resume",
    "return_issue",
    "return_matching",
    "return_report",
    "run_portion",
    "start_issue",
    "stop_job",
    "submit_issue",
    "submit_report",
    "update_progress",
    "withdraw",
]
