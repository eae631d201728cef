"""Map the records to tables: typed SQLAlchemy models, a file for each subject."""

from services.records.access import AccessRequest, LinkCode, LinkLock, Notice
from services.records.audit import AuditEntry, AuditHead, AuditLink, Pseudonym
from services.records.base import Record
from services.records.conversations import (
    Button,
    ChatAccount,
    Conversation,
    FollowUp,
    InboxMessage,
    Miss,
    OutboxMessage,
)
from services.records.customers import Company, Contract, CostCentre, Membership, OperationalId, PortalUser
from services.records.files import StoredFile
from services.records.installations import Installation
from services.records.invoices import AwaitedInvoice, Invoice, InvoiceLine
from services.records.items import Item
from services.records.on_behalf import OnBehalfAction, OnBehalfSession
from services.records.options import Option, OptionRequest
from services.records.page_acts import PageAct
from services.records.receipts import AwaitedReceipts, ReceiptReport, ReceiptWarning
from services.records.schedules import Schedule
from services.records.supplies import SupplyOrder, SupplyOrderLine, SupplyProduct
from services.records.tickets import CannedAnswer, Ticket, TicketMessage, TicketNote, TicketNumber
from services.records.uploads import Upload

__all__ = [
    "AccessRequest",
    "AuditEntry",
    "AuditHead",
    "AuditLink",
    "AwaitedInvoice",
    "AwaitedReceipts",
    "Button",
    "CannedAnswer",
    "ChatAccount",
    "Company",
    "Contract",
    "Conversation",
    "CostCentre",
    "FollowUp",
    "InboxMessage",
    "Installation",
    "Invoice",
    "InvoiceLine",
    "Item",
    "LinkCode",
    "LinkLock",
    "Membership",
    "Miss",
    "Notice",
    "OnBehalfAction",
    "OnBehalfSession",
    "OperationalId",
    "Option",
    "OptionRequest",
    "OutboxMessage",
    "PageAct",
    "PortalUser",
    "Pseudonym",
    "ReceiptReport",
    "ReceiptWarning",
    "Record",
    "Schedule",
    "StoredFile",
    "SupplyOrder",
    "SupplyOrderLine",
    "SupplyProduct",
    "Ticket",
    "TicketMessage",
    "TicketNote",
    "TicketNumber",
    "Upload",
]
