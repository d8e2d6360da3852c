"""Questions of evaluation: the figures of a unit in a period (`figures`), sheets as they are scored (`sheets`), what
contradicts itself (`integrity`), the register of commendations (`register`)."""
