"""What a report promises and what it says was delivered: every figure as a row, and the pairs."""
