"""Sign PDFs as PAdES: certified, nothing may change, no visible field (REC-7)."""

from __future__ import annotations

import asyncio
from io import BytesIO

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.fields import InvisSigSettings, MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko.sign.signers.pdf_signer import PdfSigningSession

from documents.signing.chain import check_valid
from documents.signing.cms import DIGEST, CmsSigner
from documents.signing.errors import KeyUnusable, NotSignable, ProofOfValidityMissing
from documents.signing.key import Key
from documents.signing.long_term import BEFORE_SIGNING, Lasting, Proofs
from documents.signing.signer import Clock

FIELD_NAME = "Signature"
# PDF/A wants every field to be printed, PDF/UA wants an untagged one to be hidden or outside the page: outside it is.
UNSEEN = InvisSigSettings(set_print_flag=True, set_hidden_flag=False, box_out_of_bounds=True)
FIELD = SigFieldSpec(
    FIELD_NAME, box=None, invis_sig_settings=UNSEEN, readable_field_name="Electronic signature"
)


class CertifiedWriter(IncrementalPdfFileWriter):
    """Append a signature and leave the document's own description as it is: signing does not write anew."""

    def _update_meta(self) -> None:
        """Write no time of change: pyHanko would take the machine's clock, and PDF/A wants it in two places."""


class PadesSigner:
    """Sign with a key, as B-B, or with time stamps as B-T, B-LT or B-LTA."""

    def __init__(self, key: Key, clock: Clock, lasting: Lasting | None = None) -> None:
        self._key = key
        self._clock = clock
        self._lasting = lasting
        self._cms = CmsSigner(key)
        # The container of a key is always as long, unless there is a time stamp of somebody else in it.
        self._reserved: int | None = None

    @property
    def certificates(self) -> tuple[bytes, ...]:
        """Give the certificates as DER: its own first, the authority that a reader is to trust last (REC-7)."""
        return self._cms.certificates

    def sign(self, pdf: bytes) -> bytes:
        """Certify a PDF against any change, without a visible field; raises a `NotSigned`."""
        # A stream, because asyncio prints the result of a task to itself, and half a megabyte of bytes takes longer
        # to print than to sign.
        return asyncio.run(self._sign(pdf)).getvalue()

    async def _sign(self, pdf: bytes) -> BytesIO:
        check_valid(self._key.chain[0], self._clock())
        proofs = self._lasting.begin(self._key.chain) if self._lasting else None
        try:
            session = self._session(_writer(pdf), proofs)
            signed = await self._fill(session, proofs)
            if proofs and proofs.archived:
                await proofs.archive(CertifiedWriter(signed), UNSEEN)
        except SigningError as error:
            if proofs and proofs.context:
                raise ProofOfValidityMissing(str(error)) from error
            raise KeyUnusable(str(error)) from error
        finally:
            if proofs:
                await proofs.close()
        return signed

    def _session(self, writer: CertifiedWriter, proofs: Proofs | None) -> PdfSigningSession:
        """Add the field to the document and say how it is to be signed."""
        metadata = PdfSignatureMetadata(
            field_name=FIELD_NAME,
            md_algorithm=DIGEST,
            certify=True,
            subfilter=SigSeedSubFilter.PADES,
            docmdp_permissions=MDPPerm.NO_CHANGES,
            embed_validation_info=bool(proofs and proofs.context),
            validation_context=proofs.context if proofs else None,
            # What the certificate may be used for is its authority's matter.
            signer_key_usage=set(),
            dss_settings=BEFORE_SIGNING,
        )
        stamper = proofs.stamper if proofs else None
        signer = PdfSigner(metadata, signer=self._cms, timestamper=stamper, new_field_spec=FIELD)
        session = signer.init_signing_session(writer)
        session.system_time = self._clock()
        return session

    async def _fill(self, session: PdfSigningSession, proofs: Proofs | None) -> BytesIO:
        """Write the document with room for the container, then the container into the room."""
        found = await session.perform_presign_validation()
        reserved = self._reserved
        if reserved is None:
            reserved = await session.estimate_signature_container_size(found, tight=proofs is None)
            self._reserved = reserved if proofs is None else None
        document = session.prepare_tbs_document(found, reserved)
        prepared, output = document.digest_tbs_document(output=BytesIO())
        attributes = PdfCMSSignedAttributes(signing_time=session.system_time)
        await document.perform_signature(prepared.document_digest, attributes)
        assert isinstance(output, BytesIO)
        return output


def _writer(pdf: bytes) -> CertifiedWriter:
    """Read a document that nobody has signed yet; raises NotSignable."""
    try:
        writer = CertifiedWriter(BytesIO(pdf))
        signed, encrypted = bool(writer.prev.embedded_signatures), writer.prev.encrypted
    except (PdfError, ValueError, RecursionError) as error:
        raise NotSignable(f"not a PDF that can be read: {error}") from error
    if signed or encrypted:
        raise NotSignable("it is signed already" if signed else "it is encrypted")
    return writer
