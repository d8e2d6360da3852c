"""Everything that changes tasks: preparing (`giving`), `issuing`, what recurs (`recurring`), carrying out (`carrying`),
deciding (`deciding`), many at once (`bulk`), storing month-end sheets (`closing`), programmes (`programme`,
`programme_items`) and focuses (`focusing`), the person responsible and what a unit waits for (`waiting`),
co-ordination with partners (`coordinating`).
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
    submit_report,
    update_progress,
)
from trienkhai.tasks.actions.closing import close_months
from trienkhai.tasks.actions.concretising import answer_clauses, draft_programme, name_paper
from trienkhai.tasks.actions.coordinating import (
    add_paper,
    answer_opinion,
    ask_opinion,
    end_partnership,
    open_partnership,
    withdraw_opinion,
)
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
from trienkhai.tasks.actions.focusing import change_focus, end_focus, review_focus, set_focus
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
from trienkhai.tasks.actions.programme import (
    carry_over,
    draft_programme_paper,
    give_items,
    open_programme,
    put_in_force,
    set_source,
    take_items,
)
from trienkhai.tasks.actions.programme_items import add_item, change_item, drop_item, finish_item, reopen_item
from trienkhai.tasks.actions.recurring import open_occurrences
from trienkhai.tasks.actions.waiting import end_wait, name_person, pause_waiting, wait_for

__all__ = [
    "acknowledge",
    "acknowledge_all",
    "add_item",
    "add_paper",
    "add_task",
    "answer_clauses",
    "answer_opinion",
    "answer_part",
    "approve",
    "approve_matching",
    "ask",
    "ask_opinion",
    "begin_job",
    "carry_over",
    "change_focus",
    "change_issue",
    "change_item",
    "change_task",
    "close_months",
    "confirm_from_outside",
    "decide_request",
    "draft_programme",
    "draft_programme_paper",
    "drop_item",
    "drop_task",
    "end_focus",
    "end_partnership",
    "end_wait",
    "extend",
    "finish_item",
    "give_items",
    "issue_tasks",
    "name_paper",
    "name_person",
    "open_occurrences",
    "open_partnership",
    "open_programme",
    "pause",
    "pause_waiting",
    "prepare_issue",
    "put_in_force",
    "reopen",
    "reopen_item",
    "report_several",
    "resume",
    "return_issue",
    "return_matching",
    "return_report",
    "review_focus",
    "run_portion",
    "set_focus",
    "set_source",
    "start_issue",
    "stop_job",
    "submit_issue",
    "submit_report",
    "take_items",
    "update_progress",
    "wait_for",
    "withdraw",
    "withdraw_opinion",
]
