// Which answer an item was found in, so that what follows from it names that request.

const MOST = 500;
const requests = new Map<string, string>();

export function rememberRequest(item: string, request: string | undefined): void {
  if (!request) return;
  requests.delete(item);
  requests.set(item, request);
  if (requests.size > MOST) requests.delete(requests.keys().next().value as string);
}

export function requestOf(item: string): string | undefined {
  return requests.get(item);
}
