"""The pages of the records: who is at the counter, the lock, set-up, history, lots, people, backups."""
