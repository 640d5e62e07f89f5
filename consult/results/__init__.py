"""What people said, in numbers that give nobody away: counts for staff, releases for everybody, exports."""
