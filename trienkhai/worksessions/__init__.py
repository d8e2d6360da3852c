"""Working sessions of an upper unit with one of its units: a dossier before, conclusions after, and those become work.

Words of this area: *session* (buổi làm việc), *upper* (đơn vị cấp trên chủ trì), *unit* (đơn vị được làm việc),
*dossier* (hồ sơ làm việc, số liệu chốt đến một ngày), *section* (mục của hồ sơ), *word from the unit* (khó khăn, kiến
nghị do đơn vị nêu trước), *conclusion* (kết luận), *notice* (thông báo kết luận).
"""
