"""Programs run by hand: drawing samples to be judged, scoring, renewing and verifying the reference."""
