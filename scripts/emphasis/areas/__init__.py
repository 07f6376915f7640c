"""Policy areas: every sentence coded in the scheme of the Comparative Agendas Project, and shares with a known error."""
