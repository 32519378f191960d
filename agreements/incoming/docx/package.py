"""The parts of a Word file, opened with limits: a zip can hold far more than its size says."""

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass
from typing import Any, TypeAlias

from lxml import etree

from agreements.incoming.docx.names import PACKAGE, R, W
from agreements.incoming.refusals import Damaged, Locked, NotText, OtherProgram, TooMuch

MOST_ENTRIES = 5_000
# What the XML of one part may unpack to; a hundred pages of text are about 4 MB.
MOST_BYTES = 24_000_000
ENCRYPTED = 0x1
# Keynote, Pages and Numbers, and OpenDocument say what they are by these.
OTHERS = ("Index/", "index.apxl", "index.xml", "mimetype", "content.xml", "xl/", "ppt/")

# lxml brings no types of its own.
Element: TypeAlias = Any


@dataclass(frozen=True, slots=True)
class Part:
    """One XML part: its root, and where its relations lead."""

    root: Element
    related: dict[str, str]


class Package:
    """A Word file's parts by name."""

    def __init__(self, data: bytes) -> None:
        try:
            self.zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError) as error:
            raise Damaged from error
        entries = self.zip.infolist()
        if len(entries) > MOST_ENTRIES:
            raise TooMuch
        self.names = {entry.filename: entry for entry in entries}
        self.main = self._main()

    def part(self, name: str) -> Part:
        """A part with its relations; raises Damaged when it is not there."""
        folder, file = posixpath.split(name)
        relations = posixpath.join(folder, "_rels", f"{file}.rels")
        related = {}
        if relations in self.names:
            for one in self._parsed(relations).iter(f"{PACKAGE}Relationship"):
                if one.get("TargetMode") != "External":
                    target = posixpath.join(folder, one.get("Target", ""))
                    related[one.get("Id", "")] = posixpath.normpath(target).lstrip("/")
        return Part(self._parsed(name), related)

    def beside(self, kind: str) -> Element | None:
        """The root of a part that lies beside the main one, such as "numbering"."""
        name = posixpath.join(posixpath.dirname(self.main), f"{kind}.xml")
        return self._parsed(name) if name in self.names else None

    def _main(self) -> str:
        if "_rels/.rels" not in self.names:
            raise OtherProgram if any(n.startswith(OTHERS) for n in self.names) else NotText
        for one in self._parsed("_rels/.rels").iter(f"{PACKAGE}Relationship"):
            if one.get("Type", "").endswith("/officeDocument"):
                name: str = one.get("Target", "").lstrip("/")
                if name.startswith(("xl/", "ppt/")):
                    raise OtherProgram
                return name
        raise Damaged

    def _parsed(self, name: str) -> Element:
        # No entity of a file's own is known, none is fetched, and depth is limited by libxml2.
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        try:
            root = etree.fromstring(self._read(name), parser)
        except etree.XMLSyntaxError as error:
            raise Damaged from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise Damaged
        return root

    def _read(self, name: str) -> bytes:
        entry = self.names.get(name)
        if entry is None:
            raise Damaged
        if entry.flag_bits & ENCRYPTED:
            raise Locked
        try:
            with self.zip.open(entry) as file:
                content = file.read(MOST_BYTES + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
            raise Damaged from error
        if len(content) > MOST_BYTES:
            raise TooMuch
        return content


def attribute(element: Element | None, name: str) -> str | None:
    """A w: attribute, or None where there is no element."""
    found: str | None = None if element is None else element.get(f"{W}{name}")
    return found


def relation(element: Element) -> str:
    """The id of the relation that an element names."""
    found: str = element.get(f"{R}id", "")
    return found
