"""Prepares a printed PDF for its seal: a signature field, tagged, with a reserved place for it.

Importing pikepdf takes 10 MB, so this module is imported in the child that prints, and not before.
"""

import io

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

from records.tail import Anchors

FIELD = "Seal"
# Print, and locked: nobody moves a seal.
FLAGS = 4 + 128
SIGNATURES_EXIST_AND_APPEND_ONLY = 3


def add_seal_field(pdf: Pdf) -> None:
    """Add the empty field, in the tag tree too, and name its seal as the one that certifies."""
    last = pdf.pages[-1]
    seal = pdf.make_indirect(Dictionary(Type=Name("/Sig")))
    field = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Sig,
            T=String(FIELD),
            TU=String("Seal of this record"),
            F=FLAGS,
            Rect=Array([0, 0, 0, 0]),
            P=last.obj,
            V=seal,
        )
    )
    last.obj.Annots = pdf.make_indirect(Array([*last.obj.get("/Annots", []), field]))
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]), SigFlags=SIGNATURES_EXIST_AND_APPEND_ONLY)
    pdf.Root.Perms = Dictionary(DocMDP=seal)
    _tag(pdf, field, last)


def saved(pdf: Pdf) -> bytes:
    """Give the bytes of a PDF: the same for the same PDF."""
    file = io.BytesIO()
    pdf.save(
        file,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        compress_streams=True,
        deterministic_id=True,
        fix_metadata_version=False,
    )
    return file.getvalue()


def anchors(file: bytes) -> Anchors:
    """Read where the update that carries the seal is to be tied to a saved file."""
    with pikepdf.open(io.BytesIO(file)) as pdf:
        return Anchors(
            length=len(file),
            size=int(pdf.trailer.Size),
            previous=int(file.rsplit(b"startxref", 1)[1].split()[0]),
            root=pdf.Root.objgen[0],
            info=pdf.trailer.Info.objgen[0],
            file_id=bytes(pdf.trailer.ID[0]).hex(),
            seal=pdf.Root.Perms.DocMDP.objgen[0],
        )


def _tag(pdf: Pdf, field: pikepdf.Object, page: pikepdf.Page) -> None:
    tree = pdf.Root.StructTreeRoot
    numbers = tree.ParentTree.Nums
    document = tree.K[0] if isinstance(tree.K, Array) else tree.K
    form = pdf.make_indirect(
        Dictionary(
            Type=Name.StructElem,
            S=Name.Form,
            P=document,
            Pg=page.obj,
            K=Dictionary(Type=Name.OBJR, Obj=field, Pg=page.obj),
        )
    )
    document.K.append(form)
    number = max(int(numbers[place]) for place in range(0, len(numbers), 2)) + 1
    field.StructParent = number
    numbers.append(number)
    numbers.append(form)
