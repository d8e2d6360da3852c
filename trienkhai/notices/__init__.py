"""The inbox of a post: what others did that concerns it.

Words of this area: *notice* (thông báo, việc mới đến) – one line in the inbox of a post. A notice knows posts, so
whoever holds the post (or acts for its holder) reads it; one that speaks of a person – given a post, returned a file –
is that person's alone. *digest* (thư tổng hợp) – the one mail a day with a person's
unread notices. *calendar feed* (lịch) – a secret address with the person's due days.
"""
