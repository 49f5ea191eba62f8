// Bundles GraphiQL into ../dist. Every file is written compressed: the server hands
// them out as they are.
import { build } from 'esbuild';
import { gzipSync } from 'node:zlib';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

const out = '../dist';
const { outputFiles } = await build({
  entryPoints: {
    graphiql: 'main.js',
    'editor.worker': 'monaco-editor/esm/vs/editor/editor.worker.js',
    'json.worker': 'monaco-editor/esm/vs/language/json/json.worker.js',
    'graphql.worker': 'monaco-graphql/esm/graphql.worker.js',
  },
  bundle: true,
  splitting: true,
  format: 'esm',
  target: 'es2022',
  minify: true,
  legalComments: 'none',
  define: { 'process.env.NODE_ENV': '"production"' },
  loader: { '.ttf': 'file' },
  chunkNames: 'chunk-[hash]',
  assetNames: '[name]-[hash]',
  outdir: out,
  write: false,
  metafile: true,
  logLevel: 'info',
});

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
for (const file of outputFiles) {
  await writeFile(join(out, `${basename(file.path)}.gz`), gzipSync(file.contents, { level: 9 }));
}
await writeFile(join(out, 'index.html.gz'), gzipSync(await readFile('index.html'), { level: 9 }));
