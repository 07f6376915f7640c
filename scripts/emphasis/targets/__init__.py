"""What a report promises and what it says was delivered: every statement as an entry of a ledger, and the pairs."""
