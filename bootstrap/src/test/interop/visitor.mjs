// The client of Chainlit's front end with what a browser does for it: cookies are kept, and sent back to every port of
// the host.
import { ChainlitAPI } from '@chainlit/react-client';

const underlyingFetch = globalThis.fetch;

export class Visitor extends ChainlitAPI {
  /** The cookies, shared with the visitors to another server whom they are given to. */
  constructor(address, cookies = new Map()) {
    super(address, 'webapp');
    this.cookies = cookies;
    this.toldOf401 = 0;
    this.on401 = () => this.toldOf401++;
    this.setCookies = []; // of the last answer
  }

  /** The client calls the global function, at once. */
  fetch(...call) {
    globalThis.fetch = (url, options) => this.send(url, options);
    return super.fetch(...call);
  }

  async json(path) {
    return (await this.get(path)).json();
  }

  async send(url, options) {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...options.headers, ...(cookie && { Cookie: cookie }) };
    const answer = await underlyingFetch(url, { ...options, headers });
    this.setCookies = answer.headers.getSetCookie();
    this.setCookies.forEach((header) => this.keep(header));
    return answer;
  }

  keep(header) {
    const [, name, value] = header.match(/^([^=]+)=([^;]*)/);
    if (/;\s*max-age=0(;|$)/i.test(header)) {
      this.cookies.delete(name);
    } else {
      this.cookies.set(name, value);
    }
  }
}

/** What a chat back end does, through `/v1`; null when there is no such thing. */
export async function service(method, path, body) {
  const answer = await underlyingFetch(process.env.THREADKEEP_URL + path, {
    method,
    headers: {
      Authorization: `Bearer ${process.env.THREADKEEP_SERVICE_TOKEN}`,
      ...(body && { 'Content-Type': 'application/json' }),
    },
    body: body && JSON.stringify(body),
  });
  if (answer.status === 404) {
    return null;
  }
  const text = await answer.text();
  if (!answer.ok) {
    throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  }
  return text && JSON.parse(text);
}
