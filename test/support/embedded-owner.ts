// A process of its own that opens the database of the folder it is given, says what came of it, and stays.
import { openEmbedded } from '../../src/store/embedded.ts';

const [dataDir = ''] = process.argv.slice(2);

try {
  const { adopted, connection } = await openEmbedded({ dataDir, onProgress: () => {}, durable: false });
  process.stdout.write(`${JSON.stringify({ opened: true, adopted, host: connection.host })}\n`);
} catch (error) {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  process.stdout.write(`${JSON.stringify({ opened: false, name, message })}\n`);
  process.exit(1);
}
