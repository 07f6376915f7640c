"""Ranks that reports with equal figures share; see `emphasis.reference.standing`."""


def last_rank(rank: int, percentile: float, n_peers: int) -> int:
    """The last of the ranks that reports with equal figures share, of which `rank` is the first.

    Where all provinces aim at 2 % of consumer prices, each is first and last: to print the first alone would say that it aims
    highest. The number of equal ones follows from the definitions of `rank` and `percentile`.

    Examples
    --------
    >>> last_rank(1, 50.0, 22), last_rank(1, 97.92, 23), last_rank(3, 82.0, 24)
    (23, 1, 7)
    """
    middle = percentile * (n_peers + 1) / 100
    return rank + max(0, round(2 * (n_peers + 1.5 - rank - middle)))
