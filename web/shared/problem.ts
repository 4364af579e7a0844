// Why a call did not answer, in the four kinds that a shopper can be told apart.

export type ProblemKind = "offline" | "busy" | "missing" | "refused";

export class ApiProblem extends Error {
  constructor(
    readonly kind: ProblemKind,
    detail: string,
    readonly status = 0,
    readonly body: unknown = null, // of the problem document, whose further members some calls read
  ) {
    super(detail);
    this.name = "ApiProblem";
  }
}

export function kindOfStatus(status: number): ProblemKind {
  if (status === 404) return "missing";
  if (status === 408 || status === 429 || status >= 500) return "busy";
  return "refused";
}

// The sentence of an RFC 9457 problem document, or the status where the body is none.
export async function problemOf(response: Response): Promise<ApiProblem> {
  let detail = `HTTP ${response.status}`;
  let body: unknown = null;
  try {
    body = await response.json();
    if (typeof body === "object" && body !== null && "detail" in body) detail = String(body.detail);
  } catch {
    // Not every proxy writes problem documents.
  }
  return new ApiProblem(kindOfStatus(response.status), detail, response.status, body);
}

export function asProblem(thrown: unknown): ApiProblem {
  return thrown instanceof ApiProblem ? thrown : new ApiProblem("offline", String(thrown));
}
