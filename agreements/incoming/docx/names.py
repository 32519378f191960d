"""The XML names of a Word file, as {namespace} in front of a tag."""

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
VML = "{urn:schemas-microsoft-com:vml}"
COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

# The same content once more, for programs that do not know the first form.
FALLBACK = f"{COMPATIBLE}Fallback"
