"""Hold the headings and sentences that several workbooks share, as phrases."""

from __future__ import annotations

from locales.phrases import say

# Translators: the company that an invoice is for.
CUSTOMER = say("Customer")
COST_CENTRE = say("Cost centre")
# Translators: PRS is bpost's name for the number of a customer's cost centre.
PRS_NUMBER = say("PRS number")
INVOICE_NUMBER = say("Invoice number")
# Translators: the month that an invoice is for.
BILLING_PERIOD = say("Billing period")
DATE = say("Date")
BARCODE = say("Barcode")
OPERATIONAL_ID = say("Operational ID")
# Translators: the type of letters or parcels.
TYPE = say("Type")
# Translators: a number of letters and parcels: a heading of a column, and beside a chart.
ITEMS = say("Items")
# Translators: a heading of a narrow column: the franking price of one item.
UNIT_PRICE = say("Franking price per item")
# Translators: a heading of a narrow column: what handling one item costs.
UNIT_HANDLING = say("Handling cost per item")
# Translators: a heading of a column: number of items times franking price.
FRANKING = say("Franking")
# Translators: a heading of a column: number of items times handling cost.
HANDLING = say("Handling")
VAT = say("VAT")
# Translators: a heading of a narrow column.
VAT_RATE = say("VAT rate")
# Translators: an amount of an invoice; at most 18 letters.
TOTAL_NET = say("Total excl. VAT")
# Translators: an amount of an invoice; at most 18 letters.
TOTAL_GROSS = say("Total incl. VAT")
# Translators: the amount on which the VAT of one rate is calculated.
TAXABLE = say("Amount excl. VAT")
# Translators: the last row of a table.
TOTAL = say("Total")
# Translators: a row of an Excel table: the sum of the rows that the table's filter leaves to be seen.
TOTAL_SHOWN = say("Total of the rows shown")
# Translators: a mark on a document made with invented data.
DEMO = say("Demo data")
# Translators: at the foot of a document made with invented data.
DEMO_NOTE = say("Demo data: the names, numbers and amounts are invented.")
