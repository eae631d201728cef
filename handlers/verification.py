"""Answer a PDF dropped into the chat: a receipt of ours, genuine and unchanged, or not (REC-7)."""

from __future__ import annotations

from collections.abc import Sequence

from documents.judging import judge
from documents.signing.once import Signing, certificates_of
from handlers.desk import Desk
from handlers.production import CER, Inspection, NotPossible, Production, Task, Worker
from handlers.reply import Block, Choice, Choices, Notice, Progress, Reply, Wish, Work, reply
from handlers.request import Request
from handlers.router import Router
from locales.phrases import Phrase, say

router = Router()

HOW = Choices(
    (Choice(say("How do I check the signature myself?"), Wish("faq", {"topic": "cs.signature_trust"})),)
)
NO_LONGER_HERE = say("This file is no longer here; please send it once more.")


@router.add("receipt.verify", linked=False)
async def verify(request: Request, _desk: Desk) -> Reply:
    """Promise to check a file; what cannot be one is answered at once."""
    refused = request.entities.get("refused")
    if refused == "too_large":
        return reply(Notice(say("This file is too large for me to check."), "warning"), HOW)
    if refused is not None:
        return reply(
            Notice(say("I can check PDF files only: send me a receipt as you received it."), "warning"), HOW
        )
    return reply(
        Progress(say("I am checking the signature of this file.")),
        work=(Work("receipt.verify", {"upload": str(request.entities["upload"])}),),
        remember={},
    )


class Verification:
    """The workers that check files and give the authority's certificate; `earlier` are certificates of before."""

    def __init__(self, signing: Signing, earlier: Sequence[bytes]) -> None:
        self._signing = signing
        self._earlier = tuple(earlier)

    def workers(self) -> dict[str, Worker]:
        """Give the workers by the work they do."""
        return {"receipt.verify": self.plan_check, "receipt.certificate": self.plan_certificate}

    async def plan_check(self, task: Task, desk: Desk) -> Inspection | NotPossible:
        """Plan the check of a file, which is removed with the answer."""
        upload_id = str(task.arguments["upload"])
        content = await desk.uploads.read(upload_id)
        if content is None:
            return NotPossible(NO_LONGER_HERE)

        async def put_away(desk: Desk) -> None:
            await desk.uploads.remove(upload_id)

        return Inspection(judge, (content, self._signing, self._earlier), tell, put_away)

    async def plan_certificate(self, task: Task, _desk: Desk) -> Production | NotPossible:
        """Plan the authority's certificate as a file, for somebody who is known."""
        companies = task.session.memberships
        if not companies:
            return NotPossible(NO_LONGER_HERE)
        return Production(
            authority_certificate,
            (self._signing,),
            companies[0].company_id,
            None,
            # Translators: the name of a file, without spaces or accents.
            say("receipts-authority.cer"),
            CER,
            say("Certificate of the authority that vouches for the signature of the receipts."),
        )


def authority_certificate(signing: Signing) -> bytes:
    """Give the certificate that a PDF reader is to trust, as DER; raises a `NotSigned`."""
    return certificates_of(signing)[-1]


def tell(verdict: object) -> tuple[Block, ...]:
    """Word a verdict."""
    from documents.verification import Finding, Verdict

    assert isinstance(verdict, Verdict)
    if verdict.finding == Finding.GENUINE and verdict.signed_at is not None:
        return (
            Notice(
                say(
                    "This receipt is genuine and unchanged. Signed by {signer} on {moment}.",
                    signer=verdict.signer,
                    moment=verdict.signed_at,
                ),
                "success",
            ),
        )
    findings: dict[str, Phrase] = {
        Finding.GENUINE: say("This receipt is genuine and unchanged."),
        Finding.CHANGED: say(
            "Careful: this file was changed after it was signed. It is worth nothing as a receipt."
        ),
        Finding.OTHER_SIGNER: say("This file is signed, but not by us: it is no receipt of ours."),
        Finding.NOT_SIGNED: say(
            "This PDF bears no signature: it is no receipt as we send it. A print or a scan of a receipt is a "
            "copy."
        ),
        Finding.NOT_A_PDF: say("I can check PDF files only: send me a receipt as you received it."),
        Finding.UNREADABLE: say(
            "I cannot read this PDF: it is damaged, locked by a password or not made like ours."
        ),
        Finding.TOO_LARGE: say("This file is too large for me to check."),
    }
    if verdict.finding == Finding.GENUINE:
        return (Notice(findings[verdict.finding], "success"),)
    return (Notice(findings[verdict.finding], "warning"), HOW)
