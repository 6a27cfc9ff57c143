"""What a review hands back: opinion letters (docx), the county workbook (xlsx), the report to click through (html)."""

from jixiao.writers.opinion_docx import write_opinion
from jixiao.writers.report_html import write_report
from jixiao.writers.reviewed import Batch, Reviewed, UnreadFile
from jixiao.writers.summary_xlsx import write_summary

__all__ = ["Batch", "Reviewed", "UnreadFile", "write_opinion", "write_report", "write_summary"]
