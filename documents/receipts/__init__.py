"""Make the deposit receipts of registered items as a PDF: one report a day of hand-over and operational ID (REC-5)."""

from documents.receipts.barcode import BarcodeNotDrawable
from documents.receipts.report import PerPage, Receipt, ReceiptReport, receipt_report

__all__ = ["BarcodeNotDrawable", "PerPage", "Receipt", "ReceiptReport", "receipt_report"]
