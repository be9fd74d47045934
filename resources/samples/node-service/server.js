// Greets whoever asks.
import { createServer } from 'node:http';

const greeting = 'Hello';

const server = createServer((request, response) => {
  const { searchParams } = new URL(request.url ?? '/', 'http://service');
  const name = searchParams.get('name') ?? 'world';
  console.log(`${request.method} ${request.url}`);
  response.setHeader('content-type', 'text/plain; charset=utf-8');
  response.end(`${greeting}, ${name}!\n`);
});

server.listen(8080, () => console.log('listening on 8080'));
process.on('SIGTERM', () => server.close(() => process.exit(0)));
