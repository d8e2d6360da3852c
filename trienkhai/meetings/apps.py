from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "trienkhai.meetings"
    label = "meetings"

    def ready(self) -> None:
        from trienkhai.common import slots
        from trienkhai.documents import own_papers, sight
        from trienkhai.meetings import counting, entries, explaining, grading, moves, norms, sources
        from trienkhai.norms import soundness
        from trienkhai.orgs import explaining as who_sees
        from trienkhai.orgs import succession

        soundness.register(norms.QUORUM, counting.shares_faults)
        soundness.register(norms.MAJORITY, counting.share_faults)
        soundness.register(norms.SCORE, grading.frame_faults)
        slots.fill("menu", entries.menu)
        slots.fill("tasks.mine.waiting", entries.waiting)
        slots.fill("tasks.mine.count", entries.waiting_count)
        slots.fill("tasks.mine.waiting", entries.scores)
        slots.fill("tasks.mine.count", entries.scores_count)
        slots.fill("tasks.steps.part", entries.steps)
        succession.register(moves.carrier)
        sight.register(sources.seen_by_invitation, sources.remove_papers)
        own_papers.register(sources.drafts_of_meetings, sources.documents_of_meetings)
        sight.register_members(sources.read_by_members)
        who_sees.add_ways("van-ban", explaining.ways_to_document)
