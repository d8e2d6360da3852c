"""Makes the typeface of official documents from the npm package @fontsource/tinos: whole TrueType files for typst.

    npm pack @fontsource/tinos@5.3.0 && tar xzf fontsource-tinos-5.3.0.tgz
    python -m pip install fonttools brotli
    python tools/document_font.py package

Tinos has the widths of Times New Roman, so a page breaks its lines as Word does, and all letters of Vietnamese. The
package holds it in pieces by script; two of them are joined for each style. What this writes is committed.
"""

import shutil
import sys
import tempfile
from pathlib import Path

OUT = Path(__file__).parent.parent / "trienkhai" / "documents" / "layouts" / "fonts"
STYLES = {"400-normal": "Regular", "700-normal": "Bold", "400-italic": "Italic", "700-italic": "BoldItalic"}
PIECES = ("latin", "vietnamese")


def join(package: Path, style: str, target: Path) -> int:
    """Write one style; returns how many characters it holds."""
    from fontTools.merge import Merger
    from fontTools.ttLib import TTFont

    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for piece in PIECES:
            font = TTFont(package / "files" / f"tinos-{piece}-{style}.woff2")
            font.flavor = None
            for table in ("GSUB", "GPOS", "GDEF", "DSIG", "fpgm", "prep", "cvt ", "gasp"):
                if table in font:
                    del font[table]
            paths.append(Path(folder) / f"{piece}.ttf")
            font.save(paths[-1])
        whole = Merger().merge([str(path) for path in paths])
        whole.save(target)
        return len(whole.getBestCmap())


def main() -> None:
    package = Path(sys.argv[1])
    OUT.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(package / "LICENSE", OUT / "LICENSE")
    for style, name in STYLES.items():
        target = OUT / f"Tinos-{name}.ttf"
        print(f"{target.name}: {join(package, style, target)} characters, {target.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
