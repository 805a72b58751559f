// Reads [[tex, display], ...] as JSON and writes the HTML of each, in the same order.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const { default: katex } = await import(pathToFileURL(`${process.argv[2]}/dist/katex.mjs`));
const html = JSON.parse(readFileSync(0, "utf8")).map(([tex, displayMode]) => {
  try {
    return katex.renderToString(tex, { displayMode, strict: "error", throwOnError: true });
  } catch (error) {
    console.error(`The formula ${tex} was given; expected one that KaTeX sets. It says: ${error.message}`);
    process.exit(1);
  }
});
process.stdout.write(JSON.stringify(html));
