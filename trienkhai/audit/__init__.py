"""The record of what was done: one act for each action, appended with the change, sealed afterwards.

Words of this area: *act* (việc đã ghi) – one row of the log; *seal* (niêm phong) – its place in the hash chain; *head*
(mã đầu chuỗi) – the newest hash. Acts hold plain values (ids, names, post label, unit path) and no foreign keys, so
nothing that happens to accounts or units can alter what was written.
"""
