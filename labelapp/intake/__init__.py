"""The readers: a prescription file to drafts, every element used or listed as unread."""
