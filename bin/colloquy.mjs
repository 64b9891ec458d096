#!/usr/bin/env node
// Plain JavaScript on purpose: an older Node can read this file, and so can say in words why it stops.
const [major] = process.versions.node.split('.').map(Number);
if (major < 24) {
  console.error(
    `Colloquy needs Node 24 or newer; this is Node ${process.versions.node}.\n` +
      'Run it through npm (npm run demo, npm start): npm uses the Node 24 that "npm ci" installed with the project.\n' +
      'If npm itself ran an older Node, install scripts were switched off: run "npm ci" again without --ignore-scripts.',
  );
  process.exit(1);
}
// What was compiled once is read from the disk the next time: a command starts in half the time.
const { enableCompileCache } = await import('node:module');
enableCompileCache();
const { main } = await import('../src/main.ts');
await main(process.argv);
