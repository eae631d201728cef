"""Invent demo data: three fictional companies, their people, sixteen months of items and invoices.

Everything in here is invented and marked as demo data wherever it shows.
"""
