// Builds the third-party files of trienkhai/common/static from the npm packages pinned in package.json.
//
//   cd tools/static && npm ci && node build.mjs
//
// Set-up of the product needs neither npm nor this script: what it writes is committed.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "node_modules");
const out = join(here, "../../trienkhai/common/static");
const version = (name) => JSON.parse(readFileSync(join(modules, name, "package.json"), "utf8")).version;

// One name a line in icons.txt; `name=tabler-name` where our word differs.
const icons = readFileSync(join(here, "icons.txt"), "utf8").split("\n").map((line) => line.trim()).filter(Boolean);

function symbol(line) {
  const [ours, theirs = ours] = line.split("=");
  const svg = readFileSync(join(modules, "@tabler/icons/icons/outline", `${theirs}.svg`), "utf8");
  const shapes = svg
    .slice(svg.indexOf(">") + 1, svg.lastIndexOf("</svg>"))
    .replace(/<path stroke="none" d="M0 0h24v24H0z" fill="none"\s*\/>/, "")
    .replace(/\s*\n\s*/g, "");
  return `<symbol id="${ours}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" `
    + `stroke-linecap="round" stroke-linejoin="round">${shapes}</symbol>`;
}

mkdirSync(join(out, "fonts"), { recursive: true });
copyFileSync(join(modules, "htmx.org/dist/htmx.min.js"), join(out, "htmx.min.js"));
for (const weight of [400, 600]) {
  for (const subset of ["latin", "vietnamese"]) {
    const file = `be-vietnam-pro-${subset}-${weight}-normal.woff2`;
    copyFileSync(join(modules, "@fontsource/be-vietnam-pro/files", file), join(out, "fonts", file));
  }
}
writeFileSync(join(out, "icons.svg"), `<svg xmlns="http://www.w3.org/2000/svg">\n${icons.map(symbol).join("\n")}\n</svg>\n`);
writeFileSync(
  join(out, "LICENCES.md"),
  `# Third-party files in this folder

Built by \`tools/static/build.mjs\` from the npm packages below, unchanged but for the choice of parts.

| file | package | version | licence |
|---|---|---|---|
| \`htmx.min.js\` | htmx.org | ${version("htmx.org")} | 0BSD |
| \`fonts/*.woff2\` (latin and vietnamese, 400 and 600) | @fontsource/be-vietnam-pro | ${version("@fontsource/be-vietnam-pro")} | SIL Open Font License 1.1, copyright the Be Vietnam Pro Project Authors |
| \`icons.svg\` (${icons.length} icons) | @tabler/icons | ${version("@tabler/icons")} | MIT, copyright Paweł Kuna |

The other files of this folder are part of Triển Khai (Apache-2.0).
`,
);
console.log(`htmx, 4 font files and ${icons.length} icons written to ${out}`);
