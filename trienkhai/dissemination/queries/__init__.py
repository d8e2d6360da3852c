"""Questions of the area: how far a sending is (`sending`), how far the study is (`study`)."""
