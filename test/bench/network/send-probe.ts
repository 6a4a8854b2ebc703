// Asks a server again and again until its input ends, then prints the longest wait in ms: `node send-probe.ts PORT`.
import { HttpConnection } from './http-connection.ts';
import { modernPost } from './messages.ts';

const request = modernPost(0, 'server/discover', {});
const connection = await HttpConnection.open(Number(process.argv[2]));
await connection.request(request);

let isOver = false;
process.stdin.on('end', () => {
  isOver = true;
});
process.stdin.resume();
console.log('ready');

let longest = 0;
while (!isOver) {
  const begun = performance.now();
  const { status } = await connection.request(request);
  if (status !== 200) throw new Error(`Expected 200, got ${status}`);
  longest = Math.max(longest, performance.now() - begun);
}
console.log(String(longest));
process.exit();
