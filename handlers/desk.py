"""Give a handler the services it may call, all within the transaction of its turn."""

from __future__ import annotations

from dataclasses import dataclass

from services.access import Access
from services.audit import AuditLog
from services.calendar import BusinessCalendar
from services.conversations import Conversations
from services.first_access import FirstAccess
from services.invoices import InvoiceRegister
from services.items import ItemRegister
from services.linking import Linking
from services.notices import Notices
from services.on_behalf import OnBehalf
from services.options import Options
from services.people import OperationalIds, People
from services.privacy import PersonalData
from services.receipt_wishes import ReceiptWishes
from services.receipts import ReceiptRegister
from services.schedules import Schedules
from services.supplies import Supplies
from services.ticket_queue import TicketQueue
from services.tickets import Tickets, TicketTimes
from services.tracking.source import TrackingSource
from services.uploads import Uploads


@dataclass(frozen=True)
class Contacts:
    """The addresses that answers name (TIC-4): settings, with the sources' values as defaults."""

    phone: str = "02 201 11 11"
    email: str = "service.centre@bpost.be"
    distripost_email: str = "distripost@bpost.be"
    product_page: str = "https://www.bpost.be/collectandstamp"
    distripost_page: str = "https://www.bpost.be/distripost"
    recovery_page: str = "https://www.bpost.be/portal/recoverPassword?method=init"
    new_code_page: str = "https://www.bpost.be/portal/goChangePassword"
    user_management_page: str = "https://www.bpost.be/site/fr/applications/portal/help_portal.html"
    distripost_manual: str = "https://www.bpost.be/site/fr/applications/portal/pdf/Distripost_Manual_FR.pdf"
    distripost_demo: str = "http://www.bpost.be/distripost/demo/fr/index.html"
    track_page: str = "https://track.bpost.cloud/btr/web/#/search"


@dataclass(frozen=True, slots=True)
class Desk:
    """The services at hand during one turn, bound to its transaction and to the companies of who asks."""

    conversation_id: int
    people: People
    linking: Linking
    access: Access
    first_access: FirstAccess
    notices: Notices
    operational_ids: OperationalIds
    invoices: InvoiceRegister
    items: ItemRegister
    receipts: ReceiptRegister
    receipt_wishes: ReceiptWishes
    uploads: Uploads
    schedules: Schedules
    supplies: Supplies
    options: Options
    tracking: TrackingSource
    tickets: Tickets
    queue: TicketQueue | None
    ticket_times: TicketTimes
    on_behalf: OnBehalf
    audit: AuditLog
    privacy: PersonalData
    conversations: Conversations
    calendar: BusinessCalendar
    contacts: Contacts
