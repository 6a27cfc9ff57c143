"""What a review hands back: plans and reviews as data, opinion letters, the county workbook, the report to click through."""

from jixiao.writers.reviewed import Batch, Reviewed, UnreadFile

__all__ = ["Batch", "Reviewed", "UnreadFile"]
