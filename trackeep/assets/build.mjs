// Bundles style sheets, modules and icons into trackeep/static with hashed names, a manifest and compressed copies.
//
// Reads   trackeep/assets/css/app.css, trackeep/assets/js/app.js, trackeep/assets/icons.txt
//         trackeep/<domain>/assets/*.css   joined into app.css, in the cascade layer `domains`
//         trackeep/<domain>/assets/*.js    one module each, logical name `<domain>/<file>.js`, loaded by data-module
//         trackeep/assets/*.js             the same for modules of several domains, logical name `<file>.js`
//         trackeep/<domain>/assets/*.svg   copied (also png, ico), logical name `<domain>/<file>.svg`
// Writes  trackeep/static/<name>-<hash>.<ext> with .br and .gz beside it, and manifest.json {logical name: file}.
import { createHash } from "node:crypto";
import { existsSync, promises as fs, readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build, transform } from "esbuild";
import { PurgeCSS } from "purgecss";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const target = path.join(root, "trackeep/static");
const browsers = ["chrome123", "firefox121", "safari17.5"];
const started = performance.now();

const read = (file) => fs.readFile(path.join(root, file), "utf8");
const tree = readdirSync(path.join(root, "trackeep"), { recursive: true })
  .map((file) => `trackeep/${file}`)
  .filter((file) => !file.startsWith("trackeep/static/"))
  .sort();
const find = (pattern) => tree.filter((file) => pattern.test(file));

const templates = find(/^trackeep\/(\w+\/)?templates\/.*\.(html|svg)$/);
const shared = find(/^trackeep\/assets\/js\/[\w-]+\.js$/);
const modules = find(/^trackeep\/(\w+\/)?assets\/[\w-]+\.js$/);
const sheets = find(/^trackeep\/\w+\/assets\/[\w-]+\.css$/);
const pictures = find(/^trackeep\/(\w+\/)?assets\/[\w-]+\.(svg|png|ico|webmanifest)$/);
const scripts = [...shared, ...modules];

// trackeep/bookmarks/assets/reader.js is known as bookmarks/reader.js; what all domains share has no folder.
function logicalName(file) {
  const parts = file.split("/").slice(1);
  return parts[0] === "assets" ? parts.at(-1) : `${parts[0]}/${parts.at(-1)}`;
}

// Only the rules of Tabler that some template or module names survive.
async function tabler() {
  const [kept] = await new PurgeCSS().purge({
    content: [...templates, ...scripts].map((file) => path.join(root, file)),
    css: [path.join(root, "node_modules/@tabler/core/dist/css/tabler.css")],
    defaultExtractor: (text) => text.match(/[\w-]+/g) ?? [],
    keyframes: true,
    variables: true,
  });
  return kept.css.replace(/@charset[^;]+;/g, "").replace(/\/\*# sourceMappingURL.*?\*\//g, "");
}

async function styles() {
  const own = await build({
    entryPoints: [path.join(root, "trackeep/assets/css/app.css")],
    bundle: true, write: false, loader: { ".svg": "dataurl" }, target: browsers,
  });
  const domains = await Promise.all(sheets.map(read));
  const order = "@layer tabler, tokens, base, components, domains, states;\n";
  const sheet = `${order}@layer tabler {\n${await tabler()}\n}\n${own.outputFiles[0].text}\n`
    + `@layer domains {\n${domains.join("\n")}\n}\n`;
  const { code } = await transform(sheet, { loader: "css", minify: true, target: browsers });
  return code;
}

async function bundle(file) {
  const result = await build({
    entryPoints: [path.join(root, file)],
    bundle: true, write: false, minify: true, format: "esm", target: browsers, legalComments: "none",
    // A library's own rules come with the module that uses it, which hands them to the page as a style sheet.
    loader: { ".css": "text" },
  });
  return result.outputFiles[0].text;
}

// Icons that are written out somewhere; a name that the icon set lacks stops the build, so a typing mistake is never a blank square.
async function iconNames() {
  const names = new Map();
  const note = (file, text, pattern) => {
    for (const [, name] of text.matchAll(pattern)) if (!names.has(name)) names.set(name, file);
  };
  const listed = await read("trackeep/assets/icons.txt");
  note("trackeep/assets/icons.txt", listed, /^([a-z][a-z0-9-]*)$/gm);
  for (const file of templates) note(file, await read(file), /\bicon\(\s*["']([a-z0-9-]+)["']/g);
  for (const file of templates) note(file, await read(file), /\bicon=["']([a-z0-9-]+)["']/g);
  for (const file of scripts) note(file, await read(file), /#icon-([a-z0-9-]+)/g);
  for (const file of find(/\.py$/)) note(file, await read(file), /\bicon=["']([a-z0-9-]+)["']/g);
  return names;
}

async function sprite() {
  const symbols = [];
  const missing = [];
  for (const [name, file] of [...(await iconNames())].sort()) {
    const filled = name.endsWith("-filled");
    const source = filled ? `filled/${name.slice(0, -7)}.svg` : `outline/${name}.svg`;
    const full = path.join(root, "node_modules/@tabler/icons/icons", source);
    if (!existsSync(full)) {
      missing.push(`${file}: icon '${name}'`);
      continue;
    }
    const svg = await fs.readFile(full, "utf8");
    const shapes = svg.replace(/<!--[\s\S]*?-->/g, "").replace(/^[\s\S]*?<svg[^>]*>|<\/svg>\s*$/g, "").replace(/\s*\n\s*/g, "");
    const paint = filled ? 'fill="currentColor" stroke="none"' : "";
    symbols.push(`<symbol id="${name}" viewBox="0 0 24 24" ${paint}>${shapes}</symbol>`);
  }
  if (missing.length) throw new Error(`unknown icons:\n  ${missing.join("\n  ")}`);
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`;
}

const manifest = {};
const sizes = [];
const kept = new Set(["manifest.json"]);

async function publish(name, content) {
  const data = Buffer.from(content);
  const hash = createHash("sha256").update(data).digest("hex").slice(0, 10);
  const extension = path.extname(name);
  const file = `${name.slice(0, -extension.length)}-${hash}${extension}`;
  const brotli = brotliCompressSync(data, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: data.length } });
  await fs.mkdir(path.dirname(path.join(target, file)), { recursive: true });
  for (const [suffix, bytes] of [["", data], [".br", brotli], [".gz", gzipSync(data, { level: 9 })]]) {
    await fs.writeFile(path.join(target, file + suffix), bytes);
    kept.add(file + suffix);
  }
  manifest[name] = file;
  sizes.push([name, data.length, brotli.length]);
}

async function sweep() {
  for (const entry of await fs.readdir(target, { recursive: true, withFileTypes: true })) {
    const full = path.join(entry.parentPath, entry.name);
    if (entry.isFile() && !kept.has(path.relative(target, full))) await fs.rm(full);
  }
}

async function main() {
  await fs.mkdir(target, { recursive: true });
  const [css, js, icons, ...domain] = await Promise.all([
    styles(), bundle("trackeep/assets/js/app.js"), sprite(), ...modules.map(bundle),
  ]);
  await publish("app.css", css);
  await publish("app.js", js);
  await publish("icons.svg", icons);
  for (const [index, file] of modules.entries()) await publish(logicalName(file), domain[index]);
  for (const file of pictures) await publish(logicalName(file), await fs.readFile(path.join(root, file)));
  const draft = path.join(target, "manifest.json.new");
  await fs.writeFile(draft, JSON.stringify(manifest, null, 1));
  await fs.rename(draft, path.join(target, "manifest.json"));
  await sweep();
  for (const [name, plain, packed] of sizes) process.stdout.write(`${name.padEnd(28)} ${String(plain).padStart(8)} B ${String(packed).padStart(7)} B packed\n`);
  process.stdout.write(`assets built in ${Math.round(performance.now() - started)} ms\n`);
}

main().catch((error) => {
  process.stderr.write(`asset build failed: ${error.message}\n`);
  process.exit(1);
});
