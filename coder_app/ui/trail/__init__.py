"""The audit trail and the story of a code, to be read; what differs between two copies."""
