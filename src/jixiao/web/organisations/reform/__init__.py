"""机构改革: what is asked for, what it moves, and the apps above that hand over what is theirs."""

from jixiao.web.organisations.reform.shares import Moved, Share, hands_over, participants

__all__ = ["Moved", "Share", "hands_over", "participants"]
