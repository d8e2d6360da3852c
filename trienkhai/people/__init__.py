"""Accounts and signing in.

Words of this area: *account* (tài khoản) – a person who signs in; what an account may do hangs on the posts it holds
(`orgs`).
"""
