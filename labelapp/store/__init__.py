"""The records of the pharmacy: kept, never lost, never leaked, never quietly changed."""
