"""PDF files signed on the spot by an authority of the test's own."""

import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pypdf
from asn1crypto import keys, x509
from cryptography import x509 as made
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import SigFieldSpec
from pyhanko_certvalidator.registry import SimpleCertificateStore

BEGAN = datetime(2020, 1, 1, tzinfo=UTC)


def _name(common: str, organisation: str) -> made.Name:
    return made.Name(
        [made.NameAttribute(NameOID.ORGANIZATION_NAME, organisation), made.NameAttribute(NameOID.COMMON_NAME, common)]
    )


@dataclass
class Authority:
    """A root certificate and the signer it vouches for."""

    signer: signers.SimpleSigner
    root_pem: bytes

    def write_root(self, folder: Path) -> Path:
        folder.mkdir(exist_ok=True)
        (folder / "goc.pem").write_bytes(self.root_pem)
        return folder


def make_authority(common: str = "Nguyễn Văn Minh Họa") -> Authority:
    root_key, own_key = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _n in range(2))
    root_name, own_name = _name("Gốc Minh Họa", "Cơ yếu Minh Họa"), _name(common, "Đảng ủy Khối Minh Họa")
    root = _certificate(root_name, root_name, root_key, root_key, authority=True)
    own = _certificate(own_name, root_name, own_key, root_key, authority=False)
    store = SimpleCertificateStore()
    store.register(_loaded(root))
    signer = signers.SimpleSigner(
        signing_cert=_loaded(own),
        signing_key=keys.PrivateKeyInfo.load(
            own_key.private_bytes(
                serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        ),
        cert_registry=store,
    )
    return Authority(signer, root.public_bytes(serialization.Encoding.PEM))


def _certificate(
    subject: made.Name, issuer: made.Name, key: rsa.RSAPrivateKey, by: rsa.RSAPrivateKey, *, authority: bool
) -> made.Certificate:
    builder = (
        made.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(made.random_serial_number())
        .not_valid_before(BEGAN)
        .not_valid_after(BEGAN + timedelta(days=365 * 40))
        .add_extension(made.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(
            made.KeyUsage(
                digital_signature=not authority,
                content_commitment=not authority,
                key_encipherment=False,
                data_encipherment=False,
                key_agreement=False,
                key_cert_sign=authority,
                crl_sign=authority,
                encipher_only=False,
                decipher_only=False,
            ),
            critical=True,
        )
    )
    return builder.sign(by, hashes.SHA256())


def _loaded(certificate: made.Certificate) -> x509.Certificate:
    return x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))


def plain_pdf() -> bytes:
    writer, target = pypdf.PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 200)
    writer.write(target)
    return target.getvalue()


def signed_pdf(authority: Authority, content: bytes = b"", field: str = "Chuky1") -> bytes:
    """In a thread of its own, since a browser test may have left an event loop running in this one."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content or plain_pdf()), strict=False)
    signing = signers.PdfSigner(
        signers.PdfSignatureMetadata(field_name=field),
        signer=authority.signer,
        new_field_spec=SigFieldSpec(sig_field_name=field),
    )
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(signing.sign_pdf, writer).result().getvalue()
