// Requests to this application.

export class Refused extends Error {
  constructor(status) {
    super(String(status));
    this.status = status;
  }
}

export async function getJson(address, signal) {
  const response = await fetch(address, { signal, headers: { Accept: "application/json" } });
  if (!response.ok) throw new Refused(response.status);
  return response.json();
}

export async function getPart(address, signal) {
  const response = await fetch(address, { signal, headers: { Accept: "text/html" } });
  if (!response.ok || response.redirected) throw new Refused(response.redirected ? 401 : response.status);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  return page.body.firstElementChild;
}
