"""The package that Canvas imports: a quiz with its groups, what the quiz allows, and the files that it shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from hashlib import sha256
from html import escape
from urllib.parse import quote

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_QTI = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
_CANVAS = "http://canvas.instructure.com/xsd/cccv1p0"


def group(title: str, ident: str, points: Fraction, items: Sequence[str]) -> str:
    """A group of variants, all worth the same, of which a quiz draws one."""
    return (
        f'<section ident="group_{ident}" title="{escape(title)}"><selection_ordering><selection>'
        "<selection_number>1</selection_number><selection_extension>"
        f"<points_per_item>{float(points):g}</points_per_item></selection_extension></selection></selection_ordering>"
        f"{''.join(items)}</section>"
    )


def quiz(title: str, groups: Sequence[str]) -> str:
    """The quiz with its groups."""
    return (
        f'{_HEAD}<questestinterop xmlns="{_QTI}"><assessment ident="{_ident(groups)}" title="{escape(title)}">'
        "<qtimetadata><qtimetadatafield><fieldlabel>cc_maxattempts</fieldlabel><fieldentry>1</fieldentry>"
        f'</qtimetadatafield></qtimetadata><section ident="root_section">{"".join(groups)}</section></assessment>'
        "</questestinterop>\n"
    )


def files(title: str, quiz: str, beside: Sequence[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    """Every file of the package, the manifest first."""
    ident = _ident([quiz])
    resources = (
        f'<resource identifier="{ident}" type="imsqti_xmlv1p2"><file href="{ident}/{ident}.xml"/>'
        f'<dependency identifierref="{ident}_meta"/></resource>'
        f'<resource identifier="{ident}_meta" type="associatedcontent/imscc_xmlv1p1/learning-application-resource" '
        f'href="{ident}/assessment_meta.xml"><file href="{ident}/assessment_meta.xml"/></resource>'
    )
    resources += "".join(
        f'<resource identifier="file_{sha256(path.encode()).hexdigest()[:16]}" type="webcontent" '
        f'href="{escape(quote(path))}"><file href="{escape(quote(path))}"/></resource>'
        for path, _ in beside
    )
    manifest = (
        f'{_HEAD}<manifest identifier="manifest_{ident}" xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1" '
        'xmlns:lom="http://ltsc.ieee.org/xsd/imsccv1p1/LOM/resource"><metadata><schema>IMS Content</schema>'
        f"<schemaversion>1.1.3</schemaversion></metadata><organizations/><resources>{resources}</resources></manifest>\n"
    )
    meta = (
        f'{_HEAD}<quiz identifier="{ident}" xmlns="{_CANVAS}"><title>{escape(title, quote=False)}</title>'
        "<description></description><shuffle_answers>false</shuffle_answers><scoring_policy>keep_highest</scoring_policy>"
        "<quiz_type>assignment</quiz_type><allowed_attempts>1</allowed_attempts></quiz>\n"
    )
    yield "imsmanifest.xml", manifest.encode()
    yield f"{ident}/{ident}.xml", quiz.encode()
    yield f"{ident}/assessment_meta.xml", meta.encode()
    yield from beside


def _ident(texts: Sequence[str]) -> str:
    """A name for what is written, which the same texts have again."""
    digest = sha256()
    for text in texts:
        digest.update(text.encode())
    return f"quiz_{digest.hexdigest()[:24]}"
