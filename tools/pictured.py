"""The pages that are photographed (`tools/screenshots.py`): whose they are and the way that leads to each."""

from dataclasses import dataclass

ROW = "main table a.title"
FORM = "main form button.primary"
BOOKS = ("/van-ban/so", "main .books .links a")
LINE = (*BOOKS, "main .tabs a[href$='/den']", "main .book tbody a")
OWN = ("/van-ban?q=12-KH", ROW)
SLIP = ("/viec-cua-toi", "main .waiting a.title[href*='/phieu/']")
PERIOD = ("/bao-cao", "main table a:has-text('tháng')", "main table a:has-text('tháng 11')")
DRAFT = ("/van-ban", ROW, "form[action*='tu-van-ban'] button, a:has-text('đang chuẩn bị')")


@dataclass(frozen=True)
class Shot:
    """A page by the way that leads to it: `way` begins with a path; what follows is clicked, one CSS selector after
    the other, or, written `selector := value`, filled in. `account` may be "" (nobody), `language` "en"."""

    name: str
    account: str
    way: tuple[str, ...]
    language: str = "vi"


SENT = ("/quan-triet", "main .sent a.title")
PLAN = ("/quan-triet", "main a.title[href*='/ke-hoach/']")
WORK = ("/van-ban?q=05-NQ", ROW, "main a[href$='/do-phu']")
LETTER = ("/don-doc", "main input[name=gui]", "form[action='/don-doc/cong-van'] button")
YEAR = ("/chuong-trinh?loai=year", "main tr:has(.tone-good) a.title")
FOCUS = ("/trong-tam", ROW)


def at(state: str, *way: str) -> tuple[str, ...]:
    """The first assignment in `state` that the person sees, and on from there."""
    return f"/nhiem-vu?trang-thai={state}", ROW, *way


def verb(slug: str) -> str:
    return f"main a[href$='/{slug}']"


PAGES = (
    Shot("sign-in", "", ("/dang-nhap",)),
    Shot("sign-in-refused", "", ("/dang-nhap", "input[name=username] := vanthu", "input[name=password] := sai", FORM)),
    Shot("account", "daumoi", ("/tai-khoan",)),
    Shot("account-refused", "daumoi", ("/tai-khoan", "#id_old_password := sai", "#id_new_password1 := 1", FORM)),
    Shot("board", "lanhdao", ("/",)),
    Shot("board-branch", "lanhdao2", ("/",)),
    Shot("board-unit", "daumoi", ("/",)),
    Shot("board-past", "lanhdao", ("/bang-dieu-hanh/1?ngay=2017-08-31",)),
    Shot("board-sheet", "lanhdao", ("/bang-dieu-hanh/1/bang-in?ngay=2017-08-31",)),
    Shot("board-issue", "lanhdao", ("/bang-dieu-hanh/1/chot?ngay=2017-08-31",)),
    Shot("board-issued", "kiemtra", ("/bang-dieu-hanh/1?ngay=2017-06-30", "main .issued-line a")),
    Shot("board-issued-list", "chuyenvien", ("/bang-dieu-hanh/1/da-chot",)),
    Shot("list-past", "lanhdao", ("/nhiem-vu?bang=1&o=open_overdue&ngay=2017-08-31",)),
    Shot("board-english", "lanhdao", ("/",), "en"),
    Shot("mine", "daumoi", ("/viec-cua-toi",)),
    Shot("mine-leader", "lanhdao", ("/viec-cua-toi",)),
    Shot("mine-member", "dangvien", ("/viec-cua-toi",)),
    Shot("indicators", "lanhdao", ("/chi-tieu",)),
    Shot("indicator", "chuyenvien", ("/chi-tieu", ROW)),
    Shot("indicator-parts", "chuyenvien", ("/chi-tieu", ROW, "main a.figure")),
    *(
        Shot(f"indicator-{slug}", "chuyenvien", ("/chi-tieu", ROW, verb(slug)))
        for slug in ("dinh-nghia", "gan-voi", "dong")
    ),
    *(
        Shot(f"indicator-{slug}", "chuyenvien", ("/chi-tieu", ROW, f"main a[href*='/{slug}?']"))
        for slug in ("giao", "muc-giao")
    ),
    Shot("indicator-new", "chuyenvien", ("/chi-tieu/them",)),
    Shot("values", "daumoi", ("/chi-tieu/nhap",)),
    Shot("values-waiting", "lanhdao", ("/chi-tieu/duyet",)),
    Shot("acknowledge-all", "daumoi2", ("/viec-cua-toi/tiep-nhan",)),
    Shot("report-several", "daumoi", ("/viec-cua-toi", "[name=chon]", "#chosen button")),
    Shot("coordination", "chuyenvien", ("/phoi-hop",)),
    Shot("partnership", "chuyenvien", ("/phoi-hop", "main .table a.title")),
    Shot("partnership-new", "chuyenvien", ("/phoi-hop/doi-tac-moi",)),
    Shot("opinion", "lanhdao", ("/phoi-hop", "main .worklist a.title")),
    Shot("opinion-ask", "chuyenvien", ("/phoi-hop/xin-y-kien",)),
    Shot("opinion-answer", "daumoi", ("/viec-cua-toi", "main a[href$='/tra-loi']")),
    Shot("waiting", "chuyenvien", ("/nhiem-vu?o=waiting", ROW)),
    Shot("unnamed", "chuyenvien", ("/nhiem-vu?o=unnamed",)),
    Shot("steps", "quantri", ("/duyet/chua-co-nguoi",)),
    Shot("approval-difference", "lanhdao2", ("/duyet", "main .queue a.title")),
    Shot("documents", "vanthu", ("/van-ban",)),
    Shot("documents-none", "dangvien", ("/van-ban?q=khong-co",)),
    Shot("documents-found", "vanthu", ("/van-ban?q=hoi+nghi",)),
    Shot("save-search", "vanthu", ("/van-ban/luu-tim?q=hoi+nghi",)),
    Shot("books", "kiemtra", ("/van-ban/so",)),
    *(Shot(f"book-{slug}", "vanthu", (*BOOKS, f"main .tabs a[href$='/{slug}']")) for slug in ("den", "di", "noi-bo")),
    Shot("book-gap", "vanthu", (*BOOKS, "main .tabs a[href$='/di']", "main .gaps a")),
    Shot("book-file", "vanthu", (*BOOKS, verb("tep"))),
    Shot("book-enter", "vanthu", (*BOOKS, "main a.primary")),
    Shot("entry", "vanthu", LINE),
    *(Shot(f"entry-{slug}", "vanthu", (*LINE, verb(slug))) for slug in ("sua", "huy", "phieu")),
    Shot("slip", "chuyenvien", SLIP),
    *(Shot(f"slip-{slug}", "chuyenvien", (*SLIP, verb(slug))) for slug in ("xong", "tra")),
    Shot("document-clerk", "vanthu", OWN),
    *(
        Shot(f"document-{slug}", "vanthu", (*OWN, verb(slug)))
        for slug in ("quan-he", "tep", "ho-so", "thu-hoi", "truc")
    ),
    Shot("relation-add", "vanthu", ("/van-ban", ROW, verb("quan-he"), verb("them"))),
    Shot("force-days", "vanthu", ("/van-ban", ROW, verb("quan-he"), verb("hieu-luc"))),
    Shot("file-add", "vanthu", ("/van-ban", ROW, verb("tep"), verb("them"))),
    Shot("preview", "vanthu", (*OWN, verb("xem"))),
    Shot("gaps", "vanthu", ("/van-ban/con-thieu",)),
    Shot("packets", "vanthu", ("/van-ban/truc",)),
    Shot("packet", "vanthu", ("/van-ban/truc", ROW)),
    Shot("dossiers", "vanthu", ("/ho-so",)),
    Shot("dossier-new", "vanthu", ("/ho-so/moi",)),
    Shot(
        "dossier-begun", "vanthu", ("/ho-so/moi", "#id_code := 05.NQ.2017", "#id_title := Tập văn bản minh họa", FORM)
    ),
    Shot("dossier", "vanthu", ("/ho-so", ROW)),
    Shot("hand-over", "vanthu", ("/ho-so/nop-luu",)),
    Shot("drafts", "chuyenvien", ("/van-ban/du-thao",)),
    Shot("paper-new", "chuyenvien", ("/van-ban/du-thao/moi",)),
    Shot("paper-begun", "chuyenvien", ("/van-ban/du-thao/moi", "#id_title := về việc minh họa", FORM)),
    Shot("paper", "chuyenvien", ("/van-ban/du-thao", ROW)),
    *(Shot(f"paper-{slug}", "chuyenvien", ("/van-ban/du-thao", ROW, verb(slug))) for slug in ("sua", "ban/1")),
    Shot("paper-finish", "chuyenvien", ("/van-ban/du-thao", ROW, verb("ban-hanh"))),
    Shot("templates", "vanthu", ("/van-ban/mau",)),
    Shot("phrases", "quantri", ("/van-ban/may-doc",)),
    Shot("mine-clerk", "vanthu", ("/viec-cua-toi",)),
    Shot("mine-officer", "chuyenvien", ("/viec-cua-toi",)),
    Shot("unit-clerk", "vanthu", ("/to-chuc", "main .tree a.title")),
    Shot("upload", "vanthu", ("/van-ban/nhan",)),
    Shot("upload-refused", "vanthu", ("/van-ban/nhan", "textarea := TUYỆT MẬT", "#id_not_secret", FORM)),
    Shot("document", "chuyenvien", ("/van-ban", ROW)),
    Shot("document-focal", "daumoi", ("/van-ban", ROW)),
    Shot("document-english", "chuyenvien", ("/van-ban", ROW), "en"),
    Shot("correct", "vanthu", ("/van-ban", ROW, "main a.correct")),
    Shot("publish", "vanthu", ("/van-ban", ROW, verb("cong-bo"))),
    Shot("quarantine", "vanthu", ("/van-ban", ROW, verb("cach-ly"))),
    Shot("issues", "chuyenvien", ("/giao-viec",)),
    Shot("draft", "chuyenvien", DRAFT),
    Shot("draft-selection", "chuyenvien", (*DRAFT, verb("pham-vi"))),
    Shot("draft-add", "chuyenvien", (*DRAFT, verb("them"))),
    Shot("draft-add-refused", "chuyenvien", (*DRAFT, verb("them"), FORM)),
    Shot("draft-added", "chuyenvien", (*DRAFT, verb("them"), "#id_title := Sơ kết việc minh họa", FORM)),
    Shot("draft-task", "chuyenvien", (*DRAFT, "main .draft .form-foot a.button")),
    Shot("issue", "chuyenvien", ("/van-ban?q=05-NQ", ROW, "main a:has-text('Phiếu giao việc')")),
    Shot("tasks", "lanhdao", ("/nhiem-vu",)),
    Shot("tasks-filter", "lanhdao", ("/nhiem-vu?o=open_overdue&q=chuong+trinh",)),
    Shot("tasks-none", "lanhdao", ("/nhiem-vu?trang-thai=paused&q=khong-co",)),
    Shot("tasks-english", "chuyenvien", ("/nhiem-vu",), "en"),
    *(
        Shot(f"assignment-{state.replace('_', '-')}", account, at(state))
        for state, account in (
            ("assigned", "chuyenvien"),
            ("acknowledged", "daumoi"),
            ("in_progress", "lanhdao"),
            ("submitted", "lanhdao"),
            ("returned", "kiemtra"),
            ("done", "lanhdao2"),
            ("withdrawn", "kiemtra"),
        )
    ),
    Shot("assignment", "daumoi", ("/nhiem-vu", ROW)),
    Shot("assignment-english", "lanhdao", at("submitted"), "en"),
    *(
        Shot(f"verb-{slug}", "daumoi", at("acknowledged", verb(slug)))
        for slug in ("bao-cao", "cap-nhat", "de-nghi", "phan-cong")
    ),
    Shot("verb-refused", "daumoi", at("acknowledged", verb("bao-cao"), FORM)),
    *(
        Shot(f"verb-{slug}", "lanhdao", at("submitted", verb(slug)))
        for slug in ("duyet", "tra-lai", "tam-dung", "gia-han", "thu-hoi")
    ),
    Shot("verb-mo-lai", "lanhdao2", at("done", verb("mo-lai"))),
    Shot("decide", "lanhdao", ("/viec-cua-toi", "main a[href^='/de-nghi/']")),
    Shot("approvals", "lanhdao", ("/duyet",)),
    Shot("approvals-preview", "lanhdao", ("/duyet", "[data-queue] a.title")),
    Shot("approvals-none", "daumoi", ("/duyet",)),
    Shot("approve-all", "lanhdao", ("/duyet/tat-ca",)),
    Shot("return-all", "lanhdao", ("/duyet/tra-lai-tat-ca",)),
    Shot("tree", "lanhdao", ("/to-chuc",)),
    Shot("tree-found", "lanhdao", ("/to-chuc?tim=song+may",)),
    Shot("tree-past", "daumoi", ("/to-chuc?ngay=2016-05-01",)),
    Shot("unit-past", "daumoi", ("/to-chuc?ngay=2016-05-01", "main .tree a.title")),
    Shot("choose-unit", "chuyenvien", ("/phoi-hop/xin-y-kien", "input[name=unit] := ban")),
    Shot("unit", "lanhdao", ("/", "main .actions a.button")),
    Shot("unit-branch", "lanhdao2", ("/", "main .actions a.button")),
    Shot("unit-kept", "quantri", ("/to-chuc", "main .tree a.title")),
    Shot("rosters", "quantri", ("/danh-sach-dang-vien",)),
    *(
        Shot(f"unit-{slug}", "quantri", ("/to-chuc", "main .tree a.title", f"main a[href*='{slug}']"))
        for slug in ("/sua", "/them", "/chuc-danh", "/giao", "/ket-thuc", "/tep")
    ),
    Shot("reorganisations", "quantri", ("/to-chuc/phuong-an",)),
    Shot("reorganisation-done", "lanhdao2", ("/to-chuc/phuong-an?trang-thai=carried_out", ROW)),
    Shot("reorganisation-draft", "quantri", ("/to-chuc/phuong-an?trang-thai=draft", ROW)),
    Shot(
        "reorganisation-choices", "quantri", ("/to-chuc/phuong-an?trang-thai=draft", ROW, "main a[href$='/lua-chon']")
    ),
    Shot("comparisons", "chuyenvien", ("/to-chuc/so-sanh",)),
    Shot("comparison", "lanhdao", ("/to-chuc/so-sanh", ROW)),
    Shot("comparison-second", "quantri", ("/to-chuc/so-sanh", ROW, "main .tabs a[href*='xem=2']")),
    *(
        Shot(f"comparison-{slug}", "quantri", ("/to-chuc/so-sanh", ROW, verb(slug)))
        for slug in ("chi-phi", "lay-y-kien")
    ),
    Shot("comparison-choose", "lanhdao", ("/to-chuc/so-sanh", ROW, verb("chon"))),
    Shot("acts", "kiemtra", ("/nhat-ky",)),
    Shot("act", "kiemtra", ("/nhat-ky", ROW)),
    Shot("acts-english", "kiemtra", ("/nhat-ky",), "en"),
    Shot("inbox", "lanhdao", ("/hop-thu",)),
    Shot("inbox-none", "dangvien", ("/hop-thu",)),
    Shot("find", "chuyenvien", ("/tim?q=song+may",)),
    Shot("not-found", "chuyenvien", ("/khong-co",)),
    Shot("not-for-you", "dangvien", ("/nhat-ky",)),
    Shot("refused", "chuyenvien", ("/van-ban?q=05-NQ", ROW, verb("cach-ly"), FORM)),
    Shot("menu", "lanhdao", ("/viec-cua-toi", ".account > summary")),
    Shot("find-here", "chuyenvien", ("/viec-cua-toi", ".top .find", "#palette input := nghị quyết", "#found a")),
    Shot("find-none", "chuyenvien", ("/tim?q=xyzxyz",)),
    Shot("documents-public", "doanthe", ("/van-ban",)),
    Shot("document-public", "doanthe", ("/van-ban", ROW)),
    Shot("tree-public", "doanthe", ("/to-chuc",)),
    Shot("inbox-public", "doanthe", ("/hop-thu",)),
    Shot("mine-cell", "bithuchibo", ("/viec-cua-toi",)),
    Shot("board-cell", "bithuchibo", ("/bang-dieu-hanh/887",)),
    Shot("tasks-cell", "bithuchibo", ("/nhiem-vu",)),
    Shot("documents-cell", "bithuchibo", ("/van-ban",)),
    Shot("tree-cell", "bithuchibo", ("/to-chuc",)),
    Shot("unit-cell", "bithuchibo", ("/don-vi/887",)),
    Shot("documents-member", "dangvien", ("/van-ban",)),
    Shot("document-member", "dangvien", ("/van-ban", ROW)),
    Shot("board-inspector", "kiemtra", ("/",)),
    Shot("issues-leader", "lanhdao", ("/giao-viec",)),
    Shot("issues-none", "lanhdao2", ("/giao-viec",)),
    Shot("drafts-none", "lanhdao2", ("/van-ban/du-thao",)),
    Shot("dossiers-none", "lanhdao2", ("/ho-so",)),
    Shot("book-none", "lanhdao2", ("/van-ban/so/10/den",)),
    Shot("book-whole", "vanthu", ("/van-ban/so/1/di?ca=1&in=1",)),
    Shot("reserve", "vanthu", (*BOOKS, "main .tabs a[href$='/di']", "main .fold:last-of-type summary", verb("giu-so"))),
    Shot("dossier-change", "vanthu", ("/ho-so", ROW, verb("sua"))),
    Shot("dossier-find", "vanthu", ("/ho-so", ROW, "#id_q := hội nghị", "#them .filters button")),
    Shot("packet-out", "vanthu", ("/van-ban/truc", "main tbody tr:last-child a.title")),
    Shot("term-new", "quantri", ("/don-vi/1", verb("nhiem-ky"))),
    Shot("term-edit", "quantri", ("/don-vi/1", "main a[href^='/nhiem-ky/']")),
    *(
        Shot(f"study-mine-{who}", account, ("/quan-triet",))
        for who, account in (
            ("officer", "chuyenvien"),
            ("focal", "daumoi"),
            ("secretary", "bithuchibo"),
            ("member", "dangvien"),
            ("inspector", "kiemtra"),
        )
    ),
    Shot("send", "vanthu", ("/van-ban?q=05-NQ", ROW, "main a[href*='/gui-xuong/']")),
    Shot("sent", "chuyenvien", SENT),
    Shot("sent-branch", "lanhdao", (*SENT, ROW)),
    Shot("study", "chuyenvien", (*SENT, "main .actions a[href*='/quan-triet/van-ban/']")),
    Shot("study-own", "daumoi", ("/van-ban?q=05-NQ", ROW, "#quan-triet a[href*='/quan-triet/van-ban/']")),
    Shot("study-plan", "daumoi", PLAN),
    Shot("study-plan-new", "daumoi", ("/quan-triet", "main a[href*='/ke-hoach?']")),
    Shot("study-session-new", "daumoi", (*PLAN, verb("buoi-hoc"))),
    *(Shot(f"study-session-{slug}", "daumoi", (*PLAN, verb(slug))) for slug in ("ket-qua", "tai-lieu")),
    Shot("study-close", "daumoi", ("/quan-triet", verb("ket-thuc"))),
    Shot("voice", "lanhdao", ("/y-kien",)),
    Shot("voice-new", "daumoi", ("/y-kien/de-xuat/moi",)),
    Shot("voice-proposal", "daumoi", ("/y-kien", ROW)),
    Shot("drafts-asked", "chuyenvien", ("/y-kien/du-thao",)),
    Shot("draft-asked", "chuyenvien", ("/y-kien/du-thao", ROW)),
    Shot("voice-named", "dangvien", ("/y-kien/co-ten/moi",)),
    Shot("voice-unnamed", "", ("/gop-y",)),
    Shot("voice-unnamed-write", "", ("/gop-y/gui",)),
    Shot("urging", "chuyenvien", ("/don-doc",)),
    Shot("urging-branch", "lanhdao2", ("/don-doc",)),
    Shot("urging-ladder", "lanhdao", ("/don-doc", "main a[href*='/bac-thang/']")),
    Shot("urging-run", "chuyenvien", ("/don-doc", "main .runs a")),
    Shot("urging-all", "chuyenvien", ("/don-doc", "main table a.button")),
    Shot("urging-one", "chuyenvien", ("/nhiem-vu?o=to_urge", ROW, "main .actions a[href$='/don-doc']")),
    Shot("urging-letter", "chuyenvien", LETTER),
    Shot("meetings", "bithuchibo", ("/sinh-hoat",)),
    Shot("conduct", "lanhdao", ("/neu-guong",)),
    Shot("conduct-member", "dangvien", ("/neu-guong",)),
    Shot("conduct-below", "lanhdao", ("/neu-guong/cap-duoi",)),
    Shot("commitment", "lanhdao", ("/neu-guong", "main .actions a.primary")),
    Shot("oversight", "doanthe", ("/giam-sat",)),
    Shot("oversight-subject", "doanthe", ("/giam-sat", "main table a.title")),
    Shot(
        "oversight-subject-new",
        "doanthe",
        ("/giam-sat", "main .worklist a.title", "main .actions a[href$='/noi-dung']"),
    ),
    Shot("recommendations", "lanhdao", ("/giam-sat/kien-nghi",)),
    Shot("democracy", "dangvien", ("/dan-chu",)),
    Shot("democracy-clerk", "vanthu", ("/dan-chu",)),
    Shot("standing-programmes", "chuyenvien", ("/giam-sat/chuong-trinh",)),
    Shot("standing-programme", "lanhdao", ("/giam-sat/chuong-trinh", "main table a.title")),
    Shot("meetings-below", "lanhdao", ("/sinh-hoat/cap-duoi",)),
    Shot("meetings-scores", "bithuchibo", ("/sinh-hoat/cham-diem",)),
    Shot("meetings-score", "bithuchibo", ("/sinh-hoat/cham-diem", "main a.title")),
    Shot("discipline", "lanhdao2", ("/", "main a[href$='/ky-luat']")),
    *(
        Shot(f"inspections-{name}", who, ("/kiem-tra", *steps))
        for name, who, steps in (
            ("list", "kiemtra", ()),
            ("programme", "kiemtra", (ROW,)),
            ("one", "kiemtra", (ROW, "main table td a")),
            ("own", "daumoi", ("main .worklist a.title",)),
            ("work", "lanhdao", ("main a[href$='/cong-viec']",)),
            ("draw", "kiemtra", (ROW, "main tbody tr:last-child th a", "section[aria-labelledby=draws-title] a")),
        )
    ),
    Shot("worksessions", "chuyenvien", ("/buoi-lam-viec",)),
    Shot("worksession", "chuyenvien", ("/buoi-lam-viec", "main .worklist a.title")),
    Shot("worksession-unit", "lanhdao2", ("/buoi-lam-viec", "main .worklist a.title")),
    Shot("worksession-new", "chuyenvien", ("/buoi-lam-viec", "main .page-head a.button.primary")),
    Shot("worksession-dossier", "lanhdao2", ("/buoi-lam-viec", "main .worklist a.title", "main a[href*='/ho-so/']")),
    Shot("evaluations", "lanhdao", ("/danh-gia",)),
    Shot("evaluation", "lanhdao", ("/danh-gia", "main .worklist a.title")),
    Shot("evaluation-result", "lanhdao", ("/danh-gia", "main .worklist a.title", "main .panel-box button.primary")),
    Shot("evaluation-sheet", "daumoi", ("/danh-gia", "main .worklist a.title", "main .subjects a.title")),
    Shot(
        "evaluation-figure", "daumoi", ("/danh-gia", "main .worklist a.title", "main .subjects a.title", ".figures a")
    ),
    Shot("commendations", "lanhdao", ("/khen-thuong",)),
    Shot("commendation", "lanhdao", ("/khen-thuong", "main .worklist a.title")),
    Shot("urged", "daumoi", ("/nhiem-vu?o=to_urge", ROW)),
    Shot("mail-and-calendar", "daumoi", ("/hop-thu", "main .page-head a.button")),
    *(
        Shot(f"programmes-{who}", account, ("/chuong-trinh",))
        for who, account in (("officer", "chuyenvien"), ("focal", "daumoi"))
    ),
    Shot("programme", "chuyenvien", YEAR),
    Shot("programme-new", "chuyenvien", ("/chuong-trinh/them",)),
    Shot("programme-term", "lanhdao", ("/chuong-trinh?loai=term", ROW)),
    *(Shot(f"programme-{slug}", "chuyenvien", (*YEAR, verb(slug))) for slug in ("them", "nguon", "chuyen-tiep")),
    Shot("item", "chuyenvien", (*YEAR, ROW)),
    *(
        Shot(f"item-{slug}", "chuyenvien", (*YEAR, ".tiles a[href*='o=planned']", ROW, verb(slug)))
        for slug in ("sua", "bo", "xong")
    ),
    *(Shot(f"focuses-{who}", who, ("/trong-tam",)) for who in ("lanhdao", "daumoi", "dangvien")),
    Shot("focus", "lanhdao", FOCUS),
    Shot("focus-branch", "lanhdao2", FOCUS),
    Shot("focus-focal", "daumoi", FOCUS),
    *(Shot(f"focus-{slug}", "lanhdao", (*FOCUS, verb(slug))) for slug in ("kiem-diem", "sua", "ket-thuc")),
    Shot("concretise", "daumoi", ("/van-ban?q=05-NQ", ROW, verb("cu-the-hoa"))),
    Shot("concretise-new", "lanhdao2", ("/van-ban?q=05-NQ", ROW, verb("cu-the-hoa"))),
    Shot("coverage", "chuyenvien", WORK),
    Shot("coverage-inspector", "kiemtra", WORK),
    Shot("clause", "chuyenvien", (*WORK, "ul.clauses li:not(.bare) a")),
    *(
        Shot(f"{name}-refused", account, (*way, FORM))
        for name, account, way in (
            ("upload-empty", "vanthu", ("/van-ban/nhan",)),
            ("dossier-new", "vanthu", ("/ho-so/moi",)),
            ("paper-new", "chuyenvien", ("/van-ban/du-thao/moi",)),
            ("relation", "vanthu", ("/van-ban", ROW, verb("quan-he"), verb("them"))),
            ("file-add", "vanthu", ("/van-ban", ROW, verb("tep"), verb("them"))),
            ("unit-add", "quantri", ("/don-vi/1/them",)),
            ("units-file", "quantri", ("/to-chuc/1/tep",)),
            ("request", "daumoi", at("acknowledged", verb("de-nghi"))),
            ("return", "lanhdao", at("submitted", verb("tra-lai"))),
        )
    ),
    Shot("period-reports", "chuyenvien", ("/bao-cao",)),
    Shot("period-reports-focal", "daumoi", ("/bao-cao",)),
    Shot("report-forms", "chuyenvien", ("/bao-cao/bieu-mau",)),
    Shot("report-form", "chuyenvien", ("/bao-cao", ROW)),
    Shot("report-form-new", "lanhdao2", ("/bao-cao/bieu-mau/moi",)),
    Shot("report-design", "chuyenvien", ("/bao-cao", ROW, verb("noi-dung"))),
    Shot("report-field", "chuyenvien", ("/bao-cao", ROW, verb("noi-dung"), ROW)),
    Shot("report-period", "chuyenvien", (*PERIOD, "main .tiles a")),
    Shot("report-summary", "chuyenvien", (*PERIOD, "main .page-head a[href^='/bao-cao/']")),
    Shot("report-fill", "chuyenvien", ("/bao-cao", "main .worklist a.button")),
    Shot("report-approvals", "lanhdao", ("/bao-cao/duyet",)),
    Shot("report-return-all", "lanhdao", ("/bao-cao/duyet/tra-lai",)),
    Shot("jobs", "lanhdao", ("/duyet/dot",)),
    Shot("report-to-decide", "lanhdao", ("/bao-cao/duyet", ROW)),
    Shot("posts", "chuyenvien", ("/chuc-danh",)),
    Shot("posts-vacant", "daumoi", ("/chuc-danh?don-vi=1&tinh-trang=vacant",)),
    Shot("post", "chuyenvien", ("/chuc-danh", "table.posts th a.title")),
    Shot("post-admin", "quantri", ("/chuc-danh", "table.posts th a.title")),
    Shot("post-abolish", "quantri", ("/chuc-danh", "table.posts th a.title", "a[href$='/bai-bo']")),
    Shot("person", "daumoi", ("/chuc-danh", "table.posts td a")),
    Shot("person-courses", "lanhdao", ("/uy-quyen", "table.posts th a.title", ".training button")),
    Shot("deputies", "lanhdao", ("/uy-quyen",)),
    Shot("deputy-set", "lanhdao", ("/uy-quyen", "aside a[href$='/uy-quyen']")),
    Shot("responsible", "daumoi", ("/don-vi/1/chiu-trach-nhiem?ngay=2017-12-12",)),
    Shot("members", "chuyenvien", ("/dang-vien",)),
    Shot("members-tell", "bithuchibo", ("/dang-vien", "main a.primary")),
    Shot("accounts", "quantri", ("/quan-ly-tai-khoan",)),
    Shot("account", "quantri", ("/quan-ly-tai-khoan?tinh_trang=waiting&tim=nguyen+thi+moi", ROW)),
    Shot("account-invite", "quantri", ("/quan-ly-tai-khoan/moi",)),
    Shot("account-sheet", "quantri", ("/quan-ly-tai-khoan/bang-tinh",)),
    Shot("rights-review", "quantri", ("/ra-soat-quyen", ROW)),
    Shot("who-sees", "chuyenvien", ("/van-ban?q=05-NQ", ROW, "main a[href*='/ai-duoc-xem/']")),
)
