"""Staff and promoters: sign-in, roles, permissions, the staff log, and the organisation whose site this is."""
