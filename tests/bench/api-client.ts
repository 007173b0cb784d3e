import { Agent, request } from 'node:http';

/** A client that costs the load generator little: node:http on connections that stay open. */
export interface ApiClient {
  post(
    path: string,
    body: object,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Record<string, unknown>>;
  get(path: string): Promise<Record<string, unknown>>;
  close(): void;
}

export function apiClient(url: string, token: string): ApiClient {
  // Node's server closes a connection that was idle for 5 s: ours go before, or a request may meet the closing.
  const agent = new Agent({ keepAlive: true, maxSockets: 64, timeout: 4_000 });
  const call = (
    method: string,
    path: string,
    body: string | undefined,
    headers: Readonly<Record<string, string>>,
  ): Promise<Record<string, unknown>> =>
    new Promise((resolve, reject) => {
      const sent = request(
        url + path,
        { agent, method, headers: { authorization: `Bearer ${token}`, ...headers } },
        (answer) => {
          const chunks: Buffer[] = [];
          answer.on('data', (chunk: Buffer) => chunks.push(chunk));
          answer.on('error', reject);
          answer.on('end', () => {
            const text = Buffer.concat(chunks).toString('utf8');
            if ((answer.statusCode ?? 500) >= 300) reject(new Error(`${method} ${path}: ${text}`));
            else resolve(JSON.parse(text) as Record<string, unknown>);
          });
        },
      );
      sent.on('error', reject);
      sent.end(body);
    });
  return {
    post: (path, body, headers) => {
      const text = JSON.stringify(body);
      return call('POST', path, text, {
        'content-type': 'application/json; charset=utf-8',
        'content-length': String(Buffer.byteLength(text)),
        ...headers,
      });
    },
    get: (path) => call('GET', path, undefined, {}),
    close: () => agent.destroy(),
  };
}
