"""The order in which people read a page: down the first column, then down the next."""

from agreements.incoming.pdf.line import PdfLine

# A gap between columns is this wide (points), and lines beside it mostly fill their column.
GUTTER = 8.0
FEWEST_LINES = 4
FILLED = 0.6
MOST_ACROSS = 0.25


def in_reading_order(lines: list[PdfLine]) -> list[PdfLine]:
    """Sort the lines of a page; what goes across both columns parts what is above from below."""
    lines = sorted(lines, key=lambda line: (-round(line.bottom / 2), line.left))
    gutter = _gutter(lines)
    if gutter is None:
        return lines
    ordered: list[PdfLine] = []
    right: list[PdfLine] = []
    for line in lines:
        if line.left >= gutter:
            right.append(line)
        elif line.right <= gutter:
            ordered.append(line)
        else:
            ordered += [*right, line]
            right = []
    return ordered + right


def _gutter(lines: list[PdfLine]) -> float | None:
    """Where the right column begins, if there are two columns of running text."""
    for start in sorted({line.left for line in lines}):
        left = [line for line in lines if line.right <= start - GUTTER]
        right = [line for line in lines if line.left >= start]
        across = len(lines) - len(left) - len(right)
        if across <= MOST_ACROSS * len(lines) and _is_column(left) and _is_column(right):
            return start
    return None


def _is_column(lines: list[PdfLine]) -> bool:
    """Whether most lines reach from one side to the other: a table's cells do not."""
    if len(lines) < FEWEST_LINES:
        return False
    width = max(line.right for line in lines) - min(line.left for line in lines)
    return sum(line.right - line.left >= FILLED * width for line in lines) * 2 >= len(lines)
