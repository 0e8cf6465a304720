"""The tests, room by room as in labelapp; stories drive the real window, house holds the contracts."""
