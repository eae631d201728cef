"""Make signatures last: a time stamp, the proofs that the certificates were valid, an archive time stamp (REC-7)."""

from __future__ import annotations

from aiohttp import ClientResponseError
from asn1crypto import cms
from asn1crypto.x509 import Certificate
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import InvisSigSettings
from pyhanko.sign.signers import PdfTimeStamper
from pyhanko.sign.signers.pdf_signer import DSSContentSettings, SigDSSPlacementPreference
from pyhanko.sign.timestamps import HTTPTimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from pyhanko_certvalidator import ValidationContext

from documents.signing.cms import DIGEST
from documents.signing.errors import TimeStampServiceAnswersNonsense, TimeStampServiceDown
from documents.signing.time_stamps import TimeStamps

ARCHIVE_FIELD_NAME = "ArchiveTimeStamp"
# The proofs go into the revision that is signed: a reader then says of the signature that it covers the whole file.
BEFORE_SIGNING = DSSContentSettings(
    include_vri=False, placement=SigDSSPlacementPreference.TOGETHER_WITH_SIGNATURE
)


class CheckedStamper(HTTPTimeStamper):
    """Ask for time stamps and look at each answer before it is used."""

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> cms.ContentInfo:
        """Stamp a digest; raises TimeStampServiceDown or TimeStampServiceAnswersNonsense."""
        try:
            token = await super().async_timestamp(message_digest, md_algorithm)
            stamped = token["content"]["encap_content_info"]["content"].parsed["message_imprint"]
            if stamped["hashed_message"].native != message_digest:
                raise TimeStampServiceAnswersNonsense(self.url, "it stamped something else")
        except TimestampRequestError as error:
            raise _fact(self.url, error) from error
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise TimeStampServiceAnswersNonsense(self.url, "its answer cannot be read") from error
        return token


class Proofs:
    """What one signature needs to last, gathered while it is made."""

    def __init__(self, stamper: CheckedStamper, context: ValidationContext | None, *, archived: bool) -> None:
        self.stamper = stamper
        self.context = context
        self.archived = archived

    async def archive(self, writer: IncrementalPdfFileWriter, unseen: InvisSigSettings) -> None:
        """Stamp the signed document in place, so that its proofs outlive their certificates."""
        archive = PdfTimeStamper(
            self.stamper, ARCHIVE_FIELD_NAME, invis_settings=unseen, readable_field_name="Archive time stamp"
        )
        settings = BEFORE_SIGNING.get_settings_for_ts()
        await archive.async_timestamp_pdf(writer, DIGEST, self.context, in_place=True, dss_settings=settings)

    async def close(self) -> None:
        """Let go of the connections."""
        if self.context:
            await self.context.aclose()  # type: ignore[no-untyped-call]  # pyHanko's, without types


class Lasting:
    """The time-stamp service of a signer."""

    def __init__(self, settings: TimeStamps) -> None:
        self._settings = settings
        login = (settings.user, settings.password) if settings.user else None
        self._stamper = CheckedStamper(settings.address, timeout=settings.timeout_seconds, auth=login)

    def begin(self, chain: tuple[x509.Certificate, ...]) -> Proofs:
        """Prepare for one signature with a key of these certificates."""
        if self._settings.level == "B-T":
            return Proofs(self._stamper, None, archived=False)
        roots = [chain[-1].public_bytes(Encoding.DER), *self._settings.trusted]
        context = ValidationContext(
            trust_roots=[Certificate.load(root) for root in roots],
            other_certs=[Certificate.load(one.public_bytes(Encoding.DER)) for one in chain],
            allow_fetching=True,
            # Without a proof of non-revocation for each certificate it would be B-T under a greater name.
            revocation_mode="require",
        )
        return Proofs(self._stamper, context, archived=self._settings.level == "B-LTA")


def _fact(
    address: str, error: TimestampRequestError
) -> TimeStampServiceDown | TimeStampServiceAnswersNonsense:
    cause = error.__cause__
    reason = str(cause or error) or type(cause).__name__
    if cause is None or (isinstance(cause, ClientResponseError) and cause.status < 500):
        return TimeStampServiceAnswersNonsense(address, reason)
    return TimeStampServiceDown(address, reason)
