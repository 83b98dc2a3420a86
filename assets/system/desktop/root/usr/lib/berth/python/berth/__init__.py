"""What Berth's own programs in the desktop system share."""
