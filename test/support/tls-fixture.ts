import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const path = (name: string) => fileURLToPath(new URL(`../fixtures/tls/${name}`, import.meta.url));

/** The certificate of an authority that no system knows; its key is gone. */
export const authorityPath = path('authority.pem');

/** The key and certificate of a server at "localhost", signed by that authority until 2126. */
export const localhostTls = {
  key: readFileSync(path('localhost.key.pem'), 'utf8'),
  cert: readFileSync(path('localhost.pem'), 'utf8'),
};

/** The certificate of a client, its key, and the authority that signed it, whose own key is gone. */
export const clientTls = {
  authorityPath: path('client-authority.pem'),
  certPath: path('client.pem'),
  keyPath: path('client.key.pem'),
};
