// Requests to this application; what writes carries the session's token.

const PATIENCE_MS = 10000;
const KEEPALIVE_BYTES = 60000;
const PASSING = [401, 403, 408, 429];

let token = document.querySelector('meta[name="csrf-token"]')?.content ?? "";

export class Refused extends Error {
  constructor(status, problem) {
    super(problem?.detail || problem?.title || String(status));
    this.status = status;
    // Whether it would be refused again as it is.
    this.final = status >= 400 && status < 500 && !PASSING.includes(status);
  }
}

export async function getJson(address, signal) {
  const response = await fetch(address, { signal, headers: { Accept: "application/json" } });
  if (!response.ok) throw new Refused(response.status);
  return response.status === 204 ? null : response.json();
}

export async function getPart(address, signal) {
  const page = await getPage(address, signal);
  return page.body.firstElementChild;
}

// Resolves once the server has taken it. Rejects with Refused, or with another error where nothing came back.
export async function send(method, address, body) {
  let response = await sendOnce(method, address, body);
  if ([401, 403].includes(response.status) && (await renewToken())) {
    response = await sendOnce(method, address, body);
  }
  if (!response.ok || response.redirected) {
    const problem = await response.json().catch(() => null);
    throw new Refused(response.redirected ? 401 : response.status, problem);
  }
}

function sendOnce(method, address, body) {
  const text = body === undefined ? undefined : JSON.stringify(body);
  return fetch(address, {
    method,
    body: text,
    headers: { Accept: "application/json", "Content-Type": "application/json", "X-CSRF-Token": token },
    keepalive: (text?.length ?? 0) < KEEPALIVE_BYTES,
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
}

// After signing in anew in another tab this page has the token of the session before. Somebody else's
// is not taken: what waits here is not theirs.
async function renewToken() {
  try {
    const page = await getPage(location.pathname, AbortSignal.timeout(PATIENCE_MS));
    const account = (from) => from.getElementById("desk")?.dataset.account;
    const fresh = page.querySelector('meta[name="csrf-token"]')?.content;
    if (!fresh || fresh === token || account(page) !== account(document)) return false;
    token = fresh;
    return true;
  } catch {
    return false;
  }
}

async function getPage(address, signal) {
  const response = await fetch(address, { signal, headers: { Accept: "text/html" } });
  if (!response.ok || response.redirected) throw new Refused(response.redirected ? 401 : response.status);
  return new DOMParser().parseFromString(await response.text(), "text/html");
}
